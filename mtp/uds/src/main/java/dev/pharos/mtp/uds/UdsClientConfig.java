// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.usp.EndpointId;
import java.nio.file.Path;

/// Which UNIX domain socket a client keeps reached, and how.
///
/// @param own our Endpoint ID, told in the handshake (R-UDS.16)
public record UdsClientConfig(Path path, EndpointId own, ReconnectPause pause, ConnectionLimits limits) {

    public static UdsClientConfig to(Path path, EndpointId own) {
        return new UdsClientConfig(path, own, ReconnectPause.DEFAULT, ConnectionLimits.DEFAULT);
    }

    public UdsClientConfig withPause(ReconnectPause wait) {
        return new UdsClientConfig(path, own, wait, limits);
    }

    public UdsClientConfig withLimits(ConnectionLimits bounds) {
        return new UdsClientConfig(path, own, pause, bounds);
    }
}
