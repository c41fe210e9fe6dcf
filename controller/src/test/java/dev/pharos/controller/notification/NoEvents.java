// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.notification;

import dev.pharos.controller.store.Appended;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.EventStore;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A history on a disk that is full.
final class NoEvents implements EventStore {
    @Override
    public List<Appended> append(List<NewEvent> events) {
        throw new StoreException("the disk is full");
    }

    @Override
    public List<StoredEvent> newest(Optional<EndpointId> device, long beforeSeq, int limit) {
        return List.of();
    }

    @Override
    public List<StoredEvent> after(long seq, Optional<EndpointId> device, int limit) {
        return List.of();
    }

    @Override
    public long countSince(Instant since, Set<EventKind> kinds) {
        return 0;
    }

    @Override
    public void deleteBefore(Instant time) {}
}
