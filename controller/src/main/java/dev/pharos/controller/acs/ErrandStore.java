// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Errands, kept until they are done. Thread-safe; every method throws [dev.pharos.controller.store.StoreException]
/// where
/// the store cannot do it. The errands of a device go with it.
public interface ErrandStore {
    /// @param most how many may wait for one device
    /// @return empty where so many wait already, or there is no such device
    Optional<StoredErrand> add(EndpointId device, Errand errand, Instant asked, int most);

    /// Those of a device, the oldest first.
    List<StoredErrand> of(EndpointId device);

    /// A session ended while the errand was at work.
    void attempted(StoredErrand errand);

    void done(StoredErrand errand);
}
