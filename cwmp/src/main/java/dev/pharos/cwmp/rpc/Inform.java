// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DeviceId;
import java.util.List;

/// Opens a session: who the device is and why it comes.
///
/// @param events at most 64
/// @param maxEnvelopes how many envelopes it takes in one message: 1, whatever it says
/// @param currentTime by its own clock
/// @param retryCount how often it has tried in vain since the last session
/// @param parameterList what it always tells, and what has changed
public record Inform(
        DeviceId deviceId,
        List<EventStruct> events,
        long maxEnvelopes,
        CwmpTime currentTime,
        long retryCount,
        List<ParameterValue> parameterList)
        implements CpeRequest<InformResponse> {
    public Inform {
        events = List.copyOf(events);
        parameterList = List.copyOf(parameterList);
    }

    @Override
    public String method() {
        return "Inform";
    }

    @Override
    public Class<InformResponse> responseType() {
        return InformResponse.class;
    }
}
