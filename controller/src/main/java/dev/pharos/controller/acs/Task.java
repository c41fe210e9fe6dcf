// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import java.util.Optional;

/// Something that is done with a device in one session, request by request.
interface Task {
    /// Empty where it is done.
    Optional<AcsRequest<?>> next();

    /// What the device has answered to the request before.
    void answered(Answer answer);

    /// The session ended before it was done.
    default void interrupted() {}
}
