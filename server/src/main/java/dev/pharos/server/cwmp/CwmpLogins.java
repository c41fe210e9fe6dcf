// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.controller.acs.Credentials;
import dev.pharos.controller.acs.ProofWanted;
import dev.pharos.server.auth.Secret;
import dev.pharos.server.store.CwmpLoginStore;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// With what devices of TR-069 show who they are: a name and a password for each, which an operator has made and
/// written into the device, a certificate that names it, or both. Each password is derived from a key of the server and
/// from what is kept with its login, so that none of them is kept and what is signed with one can be judged.
/// Thread-safe.
public final class CwmpLogins {
    private static final String KEY = "TR-069 logins";
    private static final int SALT_BYTES = 16;
    private static final int PASSWORD_BYTES = 24;

    private final CwmpLoginStore store;
    private final Bytes key;
    private final Clock clock;

    /// @param keys of which one is made where there is none yet
    public CwmpLogins(CwmpLoginStore store, ServerKeyStore keys, Clock clock) {
        this.store = store;
        this.key = keys.key(KEY, Secret.key());
        this.clock = clock;
    }

    /// The device whose login it is, and its password.
    record Known(EndpointId device, String password) {
        /// Without the password.
        @Override
        public String toString() {
            return device.toString();
        }
    }

    /// Empty where there is no login of this name, or it was made when passwords were not derived: then a new one has
    /// to
    /// be made.
    Optional<Known> known(String username) {
        return store.salted(username).map(each -> new Known(each.device(), password(each.salt())));
    }

    private String password(Bytes salt) {
        byte[] derived = Secret.mac(key, "login " + salt.toHex()).toByteArray();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(derived, PASSWORD_BYTES));
    }

    /// A new password in place of the one before; known only here and now. Empty where there is no such device, or
    /// another
    /// has a login of this name.
    public Optional<String> make(EndpointId device, String username) {
        Bytes salt = Secret.bytes(SALT_BYTES);
        String password = password(salt);
        Bytes secret = Bytes.adopt(CwmpListener.secret(username, password));
        return store.put(device, new CwmpLoginStore.Login(username, secret, salt), clock.instant())
                ? Optional.of(password)
                : Optional.empty();
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
