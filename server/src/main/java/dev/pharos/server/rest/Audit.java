// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.store.AuditStore;
import dev.pharos.server.store.AuditStore.Entry;
import dev.pharos.server.store.AuditStore.Sealed;
import dev.pharos.server.store.AuditStore.Search;
import java.security.Principal;
import java.time.Clock;
import java.util.List;

/// Writes down who does what, before it is done: what cannot be written down is not done.
public final class Audit {
    private final AuditStore store;
    private final Clock clock;

    public Audit(AuditStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void record(Principal user, String action, String device, String detail) {
        record(user.getName(), action, device, detail);
    }

    public void record(String user, String action, String device, String detail) {
        store.add(new Entry(clock.instant(), user, action, device, detail));
    }

    /// Newest first.
    List<Sealed> newest(Search search, long before, int limit) {
        return store.newest(search, before, limit);
    }

    /// Oldest first.
    List<Sealed> oldest(Search search, long after, int limit) {
        return store.oldest(search, after, limit);
    }
}
