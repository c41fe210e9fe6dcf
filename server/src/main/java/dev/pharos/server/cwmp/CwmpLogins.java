// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.controller.acs.Credentials;
import dev.pharos.controller.acs.ProofWanted;
import dev.pharos.server.store.CwmpLoginStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.util.Optional;

/// With what devices of TR-069 show who they are: a name and a password for each, which an operator has made and
/// written into the device, a certificate that names it, or both.
public final class CwmpLogins {
    private final CwmpLoginStore store;
    private final Clock clock;

    public CwmpLogins(CwmpLoginStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// A new password in place of the one before; known only here and now. Empty where there is no such device, or
    /// another
    /// has a login of this name.
    public Optional<String> make(EndpointId device, String username) {
        String password = CwmpListener.random();
        Bytes secret = Bytes.adopt(CwmpListener.secret(username, password));
        return store.put(device, username, secret, clock.instant()) ? Optional.of(password) : Optional.empty();
    }

    /// What is kept of the login of this name.
    public Optional<byte[]> secret(String username) {
        return store.secret(username).map(Bytes::toByteArray);
    }

    /// What a device has to show.
    public Credentials of(EndpointId device) {
        return store.credentials(device);
    }

    /// From now on it has to show that.
    ///
    /// @return whether the device is known
    public boolean want(EndpointId device, ProofWanted wanted) {
        return store.want(device, wanted);
    }
}
