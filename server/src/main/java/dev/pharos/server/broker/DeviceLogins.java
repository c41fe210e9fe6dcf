// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// The user names and passwords of devices. Asked from several threads at once, and may take its time.
@FunctionalInterface
public interface DeviceLogins {
    /// There are none: whoever gives a password is refused.
    DeviceLogins NONE = (userName, password) -> Optional.empty();

    /// The device whose login this is; empty where the user is unknown or the password wrong.
    Optional<EndpointId> device(String userName, String password);
}
