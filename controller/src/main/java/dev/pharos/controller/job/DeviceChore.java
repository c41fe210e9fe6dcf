// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Response;
import java.time.Duration;
import java.util.Optional;

/// Work that is not the same for all devices of a job: it looks what there is to do with one, and does it. It may be
/// cut off anywhere, and begun again by another server.
@FunctionalInterface
public interface DeviceChore {

    /// @param masked by what secrets the device has
    /// @throws CallException as when devices are called: it is tried again where a read would be
    End carryOut(Task task, MaskedMessages masked) throws CallException;

    /// @param work no [JobWork.Script]
    /// @param gate says until when it may be done
    record Task(long job, JobWork work, EndpointId device, Gate gate) {}

    /// What became of it.
    sealed interface End {

        /// @param why what was done, as a sentence
        /// @param answer of the device, masked, where it changed something
        record Done(String why, Optional<Response> answer) implements End {}

        record Failed(String why, Optional<Response> answer) implements End {}

        /// Not now.
        record Later(Duration pause, String why) implements End {}
    }
}
