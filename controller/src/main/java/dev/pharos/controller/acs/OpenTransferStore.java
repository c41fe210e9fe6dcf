// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;

/// What devices were told to fetch or send and have yet to tell the end of, by the key that they name then
/// (CommandKey). Thread-safe; every method throws [dev.pharos.controller.store.StoreException] where the store cannot
/// do it. What is kept of a device goes with it.
public interface OpenTransferStore {
    /// The device is about to be told. Of one that is not known nothing is kept.
    ///
    /// @param most of one device; of more the oldest are forgotten
    void told(EndpointId device, String key, Instant when, int most);

    /// The keys of those that were told since then, in any order.
    List<String> of(EndpointId device, Instant since);

    /// The end of one is known, or it has not begun.
    void ended(EndpointId device, String key);
}
