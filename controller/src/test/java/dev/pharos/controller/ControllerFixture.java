// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.observe.WireRecord;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// A Controller with stores in memory on a loop transport, and what its observers saw.
final class ControllerFixture implements AutoCloseable {
    /// Generous, since a test that passes never waits for it.
    static final Duration PATIENCE = Duration.ofSeconds(90);

    final LoopTransport transport = new LoopTransport();
    final List<WireRecord> wire = new CopyOnWriteArrayList<>();
    final UspController controller;

    /// A Controller that learns nobody, so that a test sees only its own messages.
    static ControllerFixture quiet() throws IOException {
        return quiet(ControllerSettings.of(InMemoryStores.create()));
    }

    static ControllerFixture quiet(ControllerSettings settings) throws IOException {
        return new ControllerFixture(settings.withAdmission((device, peer, known) -> {
            settings.stores().devices().create(DeviceRecord.unseen(device, false, true, Instant.EPOCH));
            return new Admission.Admitted(true);
        }));
    }

    ControllerFixture(ControllerSettings settings) throws IOException {
        controller = new UspController(settings);
        controller.attach(transport);
        controller.start();
        controller.observe(new ControllerObserver() {
            @Override
            public void wire(WireRecord record) {
                wire.add(record);
            }

            @Override
            public boolean wantsWire() {
                return true;
            }
        });
    }

    LockstepAgent device(String id) {
        LockstepAgent agent = transport.connect(id).hello();
        eventually(
                () -> controller.device(agent.id()).filter(DeviceRecord::online).isPresent());
        return agent;
    }

    List<StoredEvent> events(EndpointId device) {
        return controller.stores().events().newest(Optional.of(device), Long.MAX_VALUE, 1_000);
    }

    List<EventKind> kinds(EndpointId device) {
        return events(device).stream().map(event -> event.event().kind()).toList();
    }

    boolean sawRefused(String reason) {
        return wire.stream().anyMatch(record -> record.refused().orElse("").contains(reason));
    }

    DeviceRecord record(EndpointId device) {
        return controller.device(device).orElseThrow();
    }

    static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come to pass");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException stop) {
                throw new AssertionError(stop);
            }
        }
    }

    @Override
    public void close() {
        controller.close();
    }
}
