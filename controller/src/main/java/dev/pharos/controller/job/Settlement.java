// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.usp.message.Response;
import java.util.Optional;

/// What became of an [Attempt].
///
/// @param state of the device from now on; running where the next step follows
/// @param stepDone whether the step is behind it
/// @param answer what was answered, masked, where it is kept
public record Settlement(TargetState state, boolean stepDone, Optional<Response> answer) {
    static Settlement of(TargetState state) {
        return new Settlement(state, false, Optional.empty());
    }
}
