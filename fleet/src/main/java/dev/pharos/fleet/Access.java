// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.mtp.tls.TlsSettings;
import java.nio.file.Path;
import java.util.Optional;

/// What opens a controller's door: a login, a certificate of our own, and whom we trust.
public record Access(
        Optional<String> username,
        Optional<String> password,
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Path> trusted) {
    public static final Access NONE =
            new Access(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// The certificates among it.
    public TlsSettings tls() {
        return new TlsSettings(certificate, key, trusted, Optional.empty(), false, Optional.empty());
    }

    /// Without the password.
    @Override
    public String toString() {
        return "Access[username=" + username.orElse("-") + "]";
    }
}
