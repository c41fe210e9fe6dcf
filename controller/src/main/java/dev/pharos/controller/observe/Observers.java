// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Tells everyone who looks on, without ever waiting for any of them.
public final class Observers implements AutoCloseable {
    private final List<Observation> observations = new CopyOnWriteArrayList<>();
    private volatile boolean wireWanted;

    /// From now on `observer` is told everything, until its observation is closed.
    public Observation observe(ControllerObserver observer) {
        Observation observation = new Observation(observer, this::forget);
        observations.add(observation);
        lookAgain();
        return observation;
    }

    /// Whether anyone wants Records: else nobody need make them.
    public boolean wantsWire() {
        return wireWanted;
    }

    public void deviceChanged(DeviceRecord device) {
        tell(observer -> observer.deviceChanged(device));
    }

    public void deviceRemoved(EndpointId device) {
        tell(observer -> observer.deviceRemoved(device));
    }

    public void eventStored(StoredEvent event) {
        tell(observer -> observer.eventStored(event));
    }

    /// Tells those who want it, each of whom decodes it on its own thread.
    ///
    /// @param weight how much memory it takes until then
    void wire(Optional<EndpointId> device, int weight, Supplier<WireRecord> record) {
        for (Observation observation : observations) {
            if (observation.wantsWire(device)) {
                observation.offer(observer -> observer.wire(record.get()), weight);
            }
        }
    }

    private void tell(Consumer<ControllerObserver> what) {
        for (Observation observation : observations) {
            if (observation.wantsEvents()) {
                observation.offer(what, 0);
            }
        }
    }

    private void forget(Observation observation) {
        observations.remove(observation);
        lookAgain();
    }

    private synchronized void lookAgain() {
        wireWanted = observations.stream().anyMatch(Observation::wantsWire);
    }

    @Override
    public void close() {
        observations.forEach(Observation::close);
    }
}
