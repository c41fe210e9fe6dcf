// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who works on which device for its profiles, and what was there before. Thread-safe, and used by any number of
/// servers
/// at once; throws [dev.pharos.controller.store.StoreException].
public interface ProfileLedger {

    /// Takes a device, or keeps it for longer.
    ///
    /// @return whether it is `owner` who may work on it; not where somebody else does, and has not let it go
    boolean take(EndpointId device, String owner, Instant now, Instant until);

    void letGo(EndpointId device, String owner);

    /// Writes down what is about to be changed. What a job has written down of a path before stays, for it is what was
    /// there before the job.
    void note(long job, EndpointId device, Collection<Change> changes);

    List<Change> changes(long job, EndpointId device);

    /// These secrets are on the device now.
    void wrote(EndpointId device, Map<String, Bytes> marks);

    /// Nothing is known of these secrets any more.
    void forget(EndpointId device, Collection<String> paths);

    /// Something that a job changed on a device.
    sealed interface Change {
        String path();

        /// @param before empty where it was not known
        /// @param after empty text for a secret
        record Written(String path, Optional<String> before, String after, boolean secret) implements Change {}

        /// @param object the table
        record Added(String object, SortedMap<String, String> key) implements Change {
            public Added {
                key = Collections.unmodifiableSortedMap(new TreeMap<>(key));
            }

            @Override
            public String path() {
                return Resolution.path(object, key);
            }
        }
    }
}
