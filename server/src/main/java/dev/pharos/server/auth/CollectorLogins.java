// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.store.CollectorLoginStore;
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

    /// The device whose password this is; empty where it is another, or the device has none.
    public Optional<DeviceRecord> device(EndpointId device, String password) {
        byte[] shown = Secret.hash(password).toByteArray();
        return store.find(device)
                .filter(login -> MessageDigest.isEqual(login.hash().toByteArray(), shown))
                .map(CollectorLoginStore.Login::device);
    }
}
