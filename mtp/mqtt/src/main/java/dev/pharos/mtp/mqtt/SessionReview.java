// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.tls.ClientTls;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is looked at, time and again, while a session at the broker stands: whether its certificates still hold,
/// and whether our login is still the one that it began with.
///
/// @param files null where the broker is spoken to in the clear
/// @param login with which the session began
record SessionReview(@Nullable ClientTls files, Optional<MqttLogin> login) {

    /// Whether there is anything to look at.
    boolean isNeeded() {
        return files != null || login.flatMap(MqttLogin::file).isPresent();
    }

    /// May wait for the disk.
    ///
    /// @param broker what it has shown of itself
    /// @return why the session is to end and begin anew; empty where it may go on
    Optional<String> objection(List<X509Certificate> broker) {
        if (!login.equals(login.map(MqttLogin::asItStands))) {
            return Optional.of("our login at the broker has changed");
        }
        return files == null ? Optional.empty() : files.ended(broker).map(reason -> "the broker: " + reason);
    }
}
