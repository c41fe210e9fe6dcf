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

    /// What becomes of somebody whose login is that of no device, but may be one that many share to come the first
    /// time.
    ///
    /// @param claimed the Endpoint ID that it says is its own
    default Newcomer newcomer(String userName, String password, EndpointId claimed) {
        return new Newcomer.Unknown();
    }

    /// What becomes of a newcomer.
    sealed interface Newcomer {
        /// The login is nobody's.
        record Unknown() implements Newcomer {}

        /// It is let in, as somebody who has proved nothing.
        record LetIn() implements Newcomer {}

        record TurnedAway(String reason) implements Newcomer {}
    }
}
