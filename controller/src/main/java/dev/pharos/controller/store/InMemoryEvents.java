// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The history in memory: the newest events, up to a bound.
final class InMemoryEvents implements EventStore {
    private final int bound;
    private final ArrayDeque<StoredEvent> events = new ArrayDeque<>();
    private final Map<String, StoredEvent> byKey;
    private long lastSeq;

    InMemoryEvents(int bound) {
        this.bound = bound;
        this.byKey = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, StoredEvent> eldest) {
                return size() > bound;
            }
        };
    }

    @Override
    public synchronized List<Appended> append(List<NewEvent> added) {
        List<Appended> results = new ArrayList<>(added.size());
        for (NewEvent each : added) {
            StoredEvent before = each.onceKey().isEmpty() ? null : byKey.get(each.onceKey());
            if (before != null) {
                results.add(new Appended(before, true));
                continue;
            }
            lastSeq++;
            StoredEvent stored = new StoredEvent(lastSeq, each.event());
            events.addLast(stored);
            if (events.size() > bound) {
                events.removeFirst();
            }
            if (!each.onceKey().isEmpty()) {
                byKey.put(each.onceKey(), stored);
            }
            results.add(new Appended(stored, false));
        }
        return results;
    }

    @Override
    public synchronized List<StoredEvent> newest(Optional<EndpointId> device, long beforeSeq, int limit) {
        List<StoredEvent> found = new ArrayList<>();
        Iterator<StoredEvent> backwards = events.descendingIterator();
        while (backwards.hasNext() && found.size() < limit) {
            StoredEvent event = backwards.next();
            if (event.seq() < beforeSeq && isOf(device, event)) {
                found.add(event);
            }
        }
        return found;
    }

    @Override
    public synchronized List<StoredEvent> after(long seq, Optional<EndpointId> device, int limit) {
        return events.stream()
                .filter(event -> event.seq() > seq && isOf(device, event))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long countSince(Instant since, Set<EventKind> kinds) {
        return events.stream()
                .map(StoredEvent::event)
                .filter(event -> !event.time().isBefore(since) && kinds.contains(event.kind()))
                .count();
    }

    @Override
    public synchronized void deleteBefore(Instant time) {
        events.removeIf(event -> event.event().time().isBefore(time));
    }

    private static boolean isOf(Optional<EndpointId> device, StoredEvent event) {
        return device.isEmpty() || device.equals(event.event().device());
    }
}
