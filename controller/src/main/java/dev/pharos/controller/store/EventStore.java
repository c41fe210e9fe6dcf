// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The history. Thread-safe; throws [StoreException].
public interface EventStore {

    /// Stores all of these, in order, and returns when they would survive a crash; where it throws, none is
    /// stored.
    ///
    /// @return one entry for each, in the same order
    List<Appended> append(List<NewEvent> events);

    /// Newest first.
    ///
    /// @param device only its events, or everyone's
    /// @param beforeSeq only older ones than this; [Long#MAX_VALUE] for the newest
    List<StoredEvent> newest(Optional<EndpointId> device, long beforeSeq, int limit);

    /// Oldest first, those that came after `seq`: for a reader that was away.
    List<StoredEvent> after(long seq, Optional<EndpointId> device, int limit);

    /// How many were stored since then.
    ///
    /// @param kinds only these
    long countSince(Instant since, Set<EventKind> kinds);

    /// Forgets what is older than this.
    void deleteBefore(Instant time);
}
