// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.nio.file.Path;
import java.util.Optional;

/// The TLS of a broker session, from PEM files; TLS 1.3 and 1.2 are spoken (R-MQTT.48).
///
/// @param trusted certificates that the broker's must lead to; the runtime's own trust where empty
/// @param certificateChain our certificate first, where we show one
/// @param privateKey PKCS#8, unencrypted; belongs to the certificate
public record MqttTls(Optional<Path> trusted, Optional<Path> certificateChain, Optional<Path> privateKey) {
    public static final MqttTls TRUSTING_THE_RUNTIME =
            new MqttTls(Optional.empty(), Optional.empty(), Optional.empty());

    public MqttTls {
        if (certificateChain.isPresent() != privateKey.isPresent()) {
            throw new IllegalArgumentException("a certificate and its private key must be given together");
        }
    }

    public static MqttTls trusting(Path trusted) {
        return new MqttTls(Optional.of(trusted), Optional.empty(), Optional.empty());
    }

    public MqttTls withCertificate(Path chain, Path key) {
        return new MqttTls(trusted, Optional.of(chain), Optional.of(key));
    }
}
