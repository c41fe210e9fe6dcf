// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// What was last found out about how devices tell of changes. Thread-safe; every method throws
/// [dev.pharos.controller.store.StoreException] where the store cannot do it. What is kept of a device goes with it.
public interface NoticeStore {
    void put(EndpointId device, Notices notices);

    /// Empty where the device was never asked.
    Optional<Notices> find(EndpointId device);
}
