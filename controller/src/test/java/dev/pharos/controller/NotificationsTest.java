// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.store.Appended;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.EventStore;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.controller.store.Stores;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.UspMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NotificationsTest {

    /// A history that fails when told to.
    private static final class FragileEvents implements EventStore {
        private final EventStore sound;
        final AtomicBoolean broken = new AtomicBoolean();
        final CountDownLatch hold = new CountDownLatch(1);
        final AtomicBoolean held = new AtomicBoolean();
        final AtomicInteger largestBatch = new AtomicInteger();

        FragileEvents(EventStore sound) {
            this.sound = sound;
        }

        @Override
        public List<Appended> append(List<NewEvent> events) {
            if (broken.get()) {
                throw new StoreException("the disk is full");
            }
            if (held.get()) {
                try {
                    if (!hold.await(120, TimeUnit.SECONDS)) {
                        throw new StoreException("held for too long");
                    }
                } catch (InterruptedException stop) {
                    throw new StoreException("stopped", stop);
                }
            }
            largestBatch.accumulateAndGet(events.size(), Math::max);
            return sound.append(events);
        }

        @Override
        public List<StoredEvent> newest(Optional<EndpointId> device, long beforeSeq, int limit) {
            return sound.newest(device, beforeSeq, limit);
        }

        @Override
        public List<StoredEvent> after(long seq, Optional<EndpointId> device, int limit) {
            return sound.after(seq, device, limit);
        }

        @Override
        public long countSince(Instant since, Set<EventKind> kinds) {
            return sound.countSince(since, kinds);
        }

        @Override
        public void deleteBefore(Instant time) {
            sound.deleteBefore(time);
        }
    }

    private final Stores plain = InMemoryStores.create();
    private final FragileEvents events = new FragileEvents(plain.events());
    private final Stores stores = new Stores(plain.devices(), plain.twins(), events, plain.models());

    private ControllerFixture fixture() throws IOException {
        return ControllerFixture.quiet(ControllerSettings.of(stores));
    }

    private static NotifyRequest change(String value) {
        return new NotifyRequest("sub-1", true, new Notification.ValueChange("Device.X.A", value));
    }

    private long stored(EventKind kind) {
        return events.countSince(Instant.EPOCH, Set.of(kind));
    }

    @Test
    @Requirement({"R-NOT.10", "R-NOT.0"})
    void a_notification_is_stored_then_acknowledged_with_its_subscription_id() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.send("n1", change("5"));
            UspMessage ack = agent.next();
            assertThat(ack.id().value()).isEqualTo("n1");
            assertThat(ack.body()).isEqualTo(new NotifyResponse("sub-1"));
            assertThat(stored(EventKind.VALUE_CHANGE)).isEqualTo(1);
            assertThat(plain.twins()
                            .find(agent.id(), "Device.X.A")
                            .orElseThrow()
                            .value())
                    .isEqualTo("5");
        }
    }

    @Test
    @Requirement("R-NOT.10")
    void nothing_is_acknowledged_that_could_not_be_stored() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            LockstepAgent agent = fixture.device("self::one");
            events.broken.set(true);
            agent.send("n1", change("5"));
            ControllerFixture.eventually(
                    () -> fixture.controller.counters().value(Counter.NOTIFICATIONS_NOT_STORED) == 1);
            assertThat(agent.nothingFor(Duration.ofMillis(100))).isEmpty();
            events.broken.set(false);
            agent.send("n1", change("5"));
            assertThat(agent.next().body()).isEqualTo(new NotifyResponse("sub-1"));
            assertThat(stored(EventKind.VALUE_CHANGE)).isEqualTo(1);
        }
    }

    @Test
    @Requirement("R-MSG.4")
    void a_repeated_notification_is_acknowledged_again_and_stored_once() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            LockstepAgent agent = fixture.device("self::one");
            for (int i = 0; i < 5; i++) {
                agent.send("n1", change("5"));
                assertThat(agent.next().body()).isEqualTo(new NotifyResponse("sub-1"));
            }
            assertThat(stored(EventKind.VALUE_CHANGE)).isEqualTo(1);
            ControllerFixture.eventually(
                    () -> fixture.controller.counters().value(Counter.NOTIFICATIONS_REPEATED) == 4);
            agent.send("n2", change("5"));
            agent.next();
            assertThat(stored(EventKind.VALUE_CHANGE)).isEqualTo(2);
        }
    }

    @Test
    @Requirement("R-MSG.4")
    void a_notification_repeated_while_the_first_is_being_stored_is_dropped() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            LockstepAgent agent = fixture.device("self::one");
            ControllerFixture.eventually(() -> stored(EventKind.ONLINE) == 1);
            events.held.set(true);
            agent.send("n1", change("5"));
            agent.send("n1", change("5"));
            ControllerFixture.eventually(() -> fixture.sawRefused("repeated while"));
            events.hold.countDown();
            assertThat(agent.next().body()).isEqualTo(new NotifyResponse("sub-1"));
            assertThat(agent.nothingFor(Duration.ofMillis(100))).isEmpty();
        }
    }

    @Test
    @Requirement("R-NOT.8")
    void a_notification_that_wants_no_answer_gets_none_and_is_stored() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.send("n1", new NotifyRequest("s", false, new Notification.ObjectDeletion("Device.X.1.")));
            ControllerFixture.eventually(() -> stored(EventKind.OBJECT_DELETION) == 1);
            assertThat(agent.nothingFor(Duration.ofMillis(100))).isEmpty();
        }
    }

    @Test
    void a_slow_store_does_not_delay_calls() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            LockstepAgent agent = fixture.device("self::one");
            ControllerFixture.eventually(() -> stored(EventKind.ONLINE) == 1);
            events.held.set(true);
            agent.send("n1", change("5"));
            agent.answering(body -> body instanceof GetSupportedProtocolRequest
                    ? Optional.of(new GetSupportedProtocolResponse("1.4"))
                    : Optional.empty());
            GetSupportedProtocolRequest question = new GetSupportedProtocolRequest("1.4");
            assertThat(fixture.controller.call(agent.id(), question, ControllerFixture.PATIENCE))
                    .isEqualTo(new GetSupportedProtocolResponse("1.4"));
            events.hold.countDown();
        }
    }

    @Test
    void notifications_of_many_devices_are_stored_together() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            List<LockstepAgent> agents = IntStream.range(0, 200)
                    .mapToObj(i -> fixture.device("self::d" + i))
                    .toList();
            ControllerFixture.eventually(() -> stored(EventKind.ONLINE) == 200);
            events.held.set(true);
            agents.forEach(agent -> agent.send("n1", change("5")));
            // until all have come, while the writer is held with the first of them
            ControllerFixture.eventually(() -> fixture.wire.stream()
                            .filter(record -> record.message().equals("Notify"))
                            .count()
                    == 200);
            events.hold.countDown();
            agents.forEach(agent -> assertThat(agent.next().body()).isEqualTo(new NotifyResponse("sub-1")));
            assertThat(events.largestBatch.get()).isGreaterThan(1);
            assertThat(stored(EventKind.VALUE_CHANGE)).isEqualTo(200);
        }
    }

    /// A new row is acknowledged, and read, since the notification tells its keys only.
    private static void takeNewRow(LockstepAgent agent) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            UspMessage message = agent.next();
            if (message.body() instanceof GetRequest get) {
                assertThat(get.paramPaths()).containsExactly("Device.X.1.");
                GetResponse.ResolvedPathResult row =
                        new GetResponse.ResolvedPathResult("Device.X.1.", Map.of("Name", "a", "Enable", "true"));
                agent.send(
                        message.id().value(),
                        new GetResponse(List.of(
                                new GetResponse.RequestedPathResult("Device.X.1.", Optional.empty(), List.of(row)))));
            }
        }
    }

    @Test
    void deleted_objects_leave_the_twin_and_secrets_never_enter_it() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.send(
                    "n1",
                    new NotifyRequest("s", true, new Notification.ObjectCreation("Device.X.1.", Map.of("Name", "a"))));
            takeNewRow(agent);
            assertThat(plain.twins().find(agent.id(), "Device.X.1.Name")).isPresent();
            ControllerFixture.eventually(
                    () -> plain.twins().find(agent.id(), "Device.X.1.Enable").isPresent());
            agent.send("n2", new NotifyRequest("s", true, new Notification.ObjectDeletion("Device.X.1.")));
            agent.next();
            assertThat(plain.twins().find(agent.id(), "Device.X.1.Name")).isEmpty();
            agent.send(
                    "n3", new NotifyRequest("s", true, new Notification.ValueChange("Device.X.Password", "hunter22")));
            agent.next();
            assertThat(plain.twins()
                            .find(agent.id(), "Device.X.Password")
                            .orElseThrow()
                            .value())
                    .isEmpty();
            assertThat(fixture.events(agent.id()))
                    .noneMatch(event -> event.toString().contains("hunter22"));
        }
    }
}
