// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Response;
import java.util.List;

/// What a session needs of the device that it is for. Called by one thread at a time, one call after another.
public interface CpeDevice {
    DeviceId deviceId();

    CwmpTime currentTime();

    /// What an Inform for these reasons tells: the parameters of every Inform, and those that have changed where that
    /// is
    /// a reason.
    List<ParameterValue> informParameters(List<EventStruct> events);

    /// The methods that an ACS may call, by their names on the wire, for GetRPCMethods; calls of others do not come
    /// here.
    List<String> methods();

    /// Does what the ACS asks for, or says why not. What ends the session, such as a restart, is only noted down, and
    /// done when the session is over.
    ///
    /// @return the response to just this request, or a fault
    <R extends Response> Answer answer(AcsRequest<R> request);

    /// The ACS has answered a report.
    ///
    /// @param answer the response to just this request, or a fault
    default void answered(CpeRequest<?> request, Answer answer) {}
}
