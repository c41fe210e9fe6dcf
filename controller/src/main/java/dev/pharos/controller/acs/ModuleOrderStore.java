// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// Orders of software modules of which devices have yet to tell how they ended. Thread-safe; every method throws
/// [dev.pharos.controller.store.StoreException] where the store cannot do it. What is kept of a device goes with it.
public interface ModuleOrderStore {
    /// @param most how many are kept for one device; the oldest make room
    void add(EndpointId device, ModuleOrder order, int most);

    Optional<ModuleOrder> find(EndpointId device, String key);

    void remove(EndpointId device, String key);
}
