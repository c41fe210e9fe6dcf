// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Errands, kept until they are done. Thread-safe; every method throws [dev.pharos.controller.store.StoreException]
/// where the store cannot do it. The errands of a device go with it.
public interface ErrandStore {
    /// @param most how many may wait for one device
    /// @return empty where so many wait already, or there is no such device
    Optional<StoredErrand> add(EndpointId device, Errand errand, Instant asked, int most);

    /// Those of a device, the oldest first.
    List<StoredErrand> of(EndpointId device);

    /// Devices for which something waits and that are connected over USP, as far as this is known where errands
    /// are kept; in any order.
    ///
    /// @param most so many of them
    List<EndpointId> crossed(int most);

    /// A session ended while the errand was at work, or it is about to be asked for what must not be asked twice,
    /// or for anything over USP.
    ///
    /// @return false where it does not wait any more, since it was withdrawn, or somebody else has begun it since
    ///     this one was taken
    boolean attempted(StoredErrand errand);

    /// It was about to be asked for, and then was not: the attempt that was noted last was none.
    void untried(StoredErrand errand);

    /// It is not to be done any more.
    ///
    /// @return how often it was attempted; empty where it does not wait any more
    OptionalInt withdraw(StoredErrand errand);

    void done(StoredErrand errand);
}
