// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// Where and for whom a UNIX domain socket server listens.
///
/// @param path of the socket, at most 107 bytes
/// @param own our Endpoint ID, told in the handshake (R-UDS.17)
/// @param permissions of the socket's file: whoever may write to it may connect
/// @param tls what to encrypt with, where that is wanted; a socket of this host needs none
public record UdsServerConfig(
        Path path,
        EndpointId own,
        Set<PosixFilePermission> permissions,
        ConnectionLimits limits,
        Optional<TlsSettings> tls) {

    public UdsServerConfig {
        permissions = Set.copyOf(permissions);
    }

    /// A server whose socket only its own user may connect to.
    public static UdsServerConfig at(Path path, EndpointId own) {
        return new UdsServerConfig(
                path, own, PosixFilePermissions.fromString("rw-------"), ConnectionLimits.DEFAULT, Optional.empty());
    }

    public UdsServerConfig withPermissions(Set<PosixFilePermission> allowed) {
        return new UdsServerConfig(path, own, allowed, limits, tls);
    }

    public UdsServerConfig withLimits(ConnectionLimits bounds) {
        return new UdsServerConfig(path, own, permissions, bounds, tls);
    }

    /// In TLS, with these certificates, and nothing else (R-UDS.23a).
    public UdsServerConfig withTls(TlsSettings settings) {
        return new UdsServerConfig(path, own, permissions, limits, Optional.of(settings));
    }
}
