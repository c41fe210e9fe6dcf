// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.util.Optional;

/// Which UNIX domain socket a client keeps reached, and how.
///
/// @param own our Endpoint ID, told in the handshake (R-UDS.16)
/// @param tls what to encrypt with, where the server does; a socket of this host needs none
public record UdsClientConfig(
        Path path, EndpointId own, ReconnectPause pause, ConnectionLimits limits, Optional<TlsSettings> tls) {

    public static UdsClientConfig to(Path path, EndpointId own) {
        return new UdsClientConfig(path, own, ReconnectPause.DEFAULT, ConnectionLimits.DEFAULT, Optional.empty());
    }

    public UdsClientConfig withPause(ReconnectPause wait) {
        return new UdsClientConfig(path, own, wait, limits, tls);
    }

    public UdsClientConfig withLimits(ConnectionLimits bounds) {
        return new UdsClientConfig(path, own, pause, bounds, tls);
    }

    /// In TLS, with these certificates (R-UDS.23a).
    public UdsClientConfig withTls(TlsSettings settings) {
        return new UdsClientConfig(path, own, pause, limits, Optional.of(settings));
    }
}
