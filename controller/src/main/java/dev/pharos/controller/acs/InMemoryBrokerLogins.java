// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Logins that do not survive the process, for tests and embedding.
public final class InMemoryBrokerLogins implements BrokerLogins {
    private final Map<EndpointId, Login> logins = new ConcurrentHashMap<>();

    @Override
    public Login make(EndpointId device) {
        Login made = new Login(device.toString(), UUID.randomUUID().toString());
        logins.put(device, made);
        return made;
    }

    @Override
    public void withdraw(EndpointId device) {
        logins.remove(device);
    }

    /// What lets a device in now.
    public Optional<Login> of(EndpointId device) {
        return Optional.ofNullable(logins.get(device));
    }
}
