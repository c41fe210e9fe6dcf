// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// Looks on. Called on a thread of its own, in order; where it is slow, the oldest of what waits is dropped
/// and counted.
public interface ControllerObserver {

    default void deviceChanged(DeviceRecord device) {}

    default void deviceRemoved(EndpointId device) {}

    default void eventStored(StoredEvent event) {}

    default void wire(WireRecord record) {}

    /// Whether [#wire] is wanted at all: decoding for people costs.
    default boolean wantsWire() {
        return false;
    }

    /// Whether [#wire] is wanted of this device; empty for a peer that did not say who it is.
    default boolean wantsWire(Optional<EndpointId> device) {
        return wantsWire();
    }

    /// Whether anything but [#wire] is wanted.
    default boolean wantsEvents() {
        return true;
    }
}
