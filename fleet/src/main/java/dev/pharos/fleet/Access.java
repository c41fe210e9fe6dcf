// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.mtp.tls.TlsSettings;
import java.util.Optional;

/// What opens a controller's door: a login, a certificate of our own, and whom we trust.
public record Access(Optional<String> username, Optional<String> password, TlsSettings tls) {
    public static final Access NONE = new Access(Optional.empty(), Optional.empty(), TlsSettings.trustingTheRuntime());

    /// The certificates alone.
    public Access withoutLogin() {
        return new Access(Optional.empty(), Optional.empty(), tls);
    }

    /// Without the password.
    @Override
    public String toString() {
        return "Access[username=" + username.orElse("-") + "]";
    }
}
