// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.mqtt.MqttLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An MQTT broker that somebody else runs and that the Controller uses in place of the embedded one. Who may
/// reach it, and who may publish to which topic there, is up to whoever runs it: devices that come through it
/// prove nothing to us and wait for an operator's approval.
///
/// @param uri `mqtt://host[:1883]` or `mqtts://host[:8883]`
/// @param login the Controller's own there, where it wants one; its password is read again while the server runs
public record ExternalBroker(URI uri, Optional<MqttLogin> login) {

    /// @param user together with `passwordFile`, or neither
    /// @param passwordFile holds the password, one line
    /// @param insecure whether a password and Records may travel in the clear to another host
    /// @throws IllegalArgumentException saying which option is wrong, and how it is right
    /// @throws IOException where the password cannot be read
    public static ExternalBroker of(String url, @Nullable String user, @Nullable Path passwordFile, boolean insecure)
            throws IOException {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw wrong("--mqtt-broker " + url + " is no URL");
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equals("mqtt") && !scheme.equals("mqtts")) {
            throw wrong("--mqtt-broker must start with mqtt:// or mqtts://: " + url);
        }
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || !uri.getRawPath().matches("/?")) {
            throw wrong("--mqtt-broker names a host and perhaps a port, and nothing else: mqtts://HOST:8883");
        }
        if (scheme.equals("mqtt") && !insecure && !onThisHost(uri.getHost())) {
            throw wrong("--mqtt-broker " + url
                    + " is another host, and mqtt:// is not encrypted: use mqtts://, or add --insecure");
        }
        if ((user == null) != (passwordFile == null)) {
            throw wrong("--mqtt-user and --mqtt-password-file belong together");
        }
        if (user == null || passwordFile == null) {
            return new ExternalBroker(uri, Optional.empty());
        }
        return new ExternalBroker(uri, Optional.of(MqttLogin.ofFile(user, passwordFile)));
    }

    private static boolean onThisHost(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }

    private static IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(why);
    }
}
