// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.store.Tenant;
import dev.pharos.server.store.TenantStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Which tenants are let in, as of some seconds ago: other servers over the same database may change it. Thread-safe.
public final class Tenants {
    private final TenantStore store;
    private final Clock clock;
    private volatile Known known = new Known(Map.of(), false, Instant.MIN);

    public Tenants(TenantStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Known(Map<String, Tenant> active, boolean several, Instant until) {}

    public TenantStore store() {
        return store;
    }

    /// Whose people may sign in; empty for one that is not there or suspended.
    public Optional<Tenant> active(String name) {
        return Optional.ofNullable(current().active().get(name));
    }

    /// Whether people and tokens of this tenant are let in.
    public boolean letsIn(Tenant tenant) {
        return tenant.equals(Tenant.MAIN) || current().active().containsValue(tenant);
    }

    /// Whether there are others than the first, so that not everything is everybody's.
    public boolean areSeveral() {
        return current().several();
    }

    /// As what somebody counts who asks for the tenant of this thread: people of different tenants may have one name.
    public String asker(String name) {
        Tenant tenant = Tenant.current().orElse(Tenant.MAIN);
        return tenant.equals(Tenant.MAIN) ? name : named(tenant) + "/" + name;
    }

    private String named(Tenant tenant) {
        return current().active().entrySet().stream()
                .filter(each -> each.getValue().equals(tenant))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> Integer.toString(tenant.number()));
    }

    /// What was changed here counts at once.
    public void changed() {
        Known now = known;
        known = new Known(now.active(), now.several(), Instant.MIN);
    }

    private Known current() {
        Known now = known;
        Instant instant = clock.instant();
        if (now.until().isAfter(instant)) {
            return now;
        }
        Known fresh = new Known(store.active(), store.areSeveral(), instant.plus(Limits.ACCESS_REMEMBERED));
        known = fresh;
        return fresh;
    }
}
