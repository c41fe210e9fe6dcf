// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.store.CollectorLoginStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;

/// With what devices show that a report is theirs: a password for each, which an operator has made and written into the
/// device.
public final class CollectorLogins {
    private final CollectorLoginStore store;
    private final Clock clock;

    public CollectorLogins(CollectorLoginStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// A new password in place of the one before; known only here and now. Empty where there is no such device.
    public Optional<String> make(EndpointId device) {
        String password = Secret.random(Limits.SECRET_BYTES);
        return store.put(device, Secret.hash(password), clock.instant()) ? Optional.of(password) : Optional.empty();
    }

    public boolean isRight(EndpointId device, String password) {
        Optional<Bytes> known = store.find(device);
        byte[] shown = Secret.hash(password).toByteArray();
        return known.isPresent() && MessageDigest.isEqual(known.get().toByteArray(), shown);
    }
}
