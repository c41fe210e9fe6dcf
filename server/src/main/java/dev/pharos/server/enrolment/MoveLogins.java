// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.enrolment;

import dev.pharos.controller.acs.BrokerLogins;
import dev.pharos.controller.store.StoreException;
import dev.pharos.server.auth.Secret;
import dev.pharos.server.store.AuditStore;
import dev.pharos.server.store.DeviceLoginStore;
import dev.pharos.server.store.DeviceLoginStore.DeviceLogin;
import dev.pharos.usp.EndpointId;
import java.time.Clock;

/// Logins at our own brokers for devices that move from TR-069 to USP: kept as those that devices get by a bootstrap,
/// so that a device has one at most, and the next takes its place. Thread-safe; waits for the database.
public record MoveLogins(DeviceLoginStore logins, AuditStore audit, Clock clock) implements BrokerLogins {
    private static final String WHO = "migration";

    @Override
    public Login make(EndpointId device) {
        String password = Secret.random(Limits.PASSWORD_BYTES);
        note("give login", device);
        if (!logins.put(device, DeviceLogin.byMove(Secret.hash(password)), Integer.MAX_VALUE, clock.instant())) {
            throw new StoreException("the inventory has lost " + device + " meanwhile");
        }
        return new Login(device.toString(), password);
    }

    @Override
    public void withdraw(EndpointId device) {
        if (logins.takeBackMoved(device)) {
            note("take login back", device);
        }
    }

    private void note(String action, EndpointId device) {
        audit.add(new AuditStore.Entry(clock.instant(), WHO, action, device.toString(), ""));
    }
}
