// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final GetSupportedProtocolRequest QUESTION = new GetSupportedProtocolRequest("1.4");

    @Test
    void a_silent_device_behind_a_broker_is_offline_since_its_last_word_and_back_with_its_next() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            EndpointId id = EndpointId.of("self::m");
            PeerIdentity behind = new PeerIdentity(Optional.empty(), PeerIdentity.Proof.NONE, "usp/agent/m", true);
            LockstepAgent agent = fixture.transport
                    .connect(id, behind, new ConnectInfo.Mqtt(true, "usp/agent/m"))
                    .hello();
            ControllerFixture.eventually(() ->
                    fixture.controller.device(id).filter(DeviceRecord::online).isPresent());
            assertThat(fixture.record(id).transport()).isEqualTo("mqtt");
            assertThatThrownBy(() -> fixture.controller.call(id, QUESTION, Duration.ofMillis(50)))
                    .isInstanceOf(CallTimedOutException.class);
            assertThat(fixture.record(id).online()).isFalse();
            assertThat(fixture.record(id).statusReason()).startsWith("silent since 20");
            agent.answer(agent.next(), new GetSupportedProtocolResponse("1.4"));
            ControllerFixture.eventually(() -> fixture.record(id).online());
        }
    }

    @Test
    void what_a_device_says_meanwhile_speaks_for_it_even_without_an_answer() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            EndpointId id = EndpointId.of("self::m");
            PeerIdentity behind = new PeerIdentity(Optional.empty(), PeerIdentity.Proof.NONE, "usp/agent/m", true);
            LockstepAgent agent = fixture.transport
                    .connect(id, behind, new ConnectInfo.Mqtt(true, "usp/agent/m"))
                    .hello();
            ControllerFixture.eventually(() ->
                    fixture.controller.device(id).filter(DeviceRecord::online).isPresent());
            agent.answering(question -> {
                agent.send("n", new NotifyRequest("s", true, new Notification.ValueChange("Device.X.A", "1")));
                return Optional.empty();
            });
            assertThatThrownBy(() -> fixture.controller.call(id, QUESTION, Duration.ofSeconds(2)))
                    .isInstanceOf(CallTimedOutException.class);
            assertThat(fixture.record(id).online()).isTrue();
        }
    }

    @Test
    void a_slow_answer_does_not_make_a_connected_device_offline() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            assertThatThrownBy(() -> fixture.controller.call(agent.id(), QUESTION, Duration.ofMillis(50)))
                    .isInstanceOf(CallTimedOutException.class);
            assertThat(fixture.record(agent.id()).online()).isTrue();
        }
    }

    @Test
    void coming_and_going_is_told() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.cut();
            ControllerFixture.eventually(
                    () -> fixture.kinds(agent.id()).equals(List.of(EventKind.OFFLINE, EventKind.ONLINE)));
            assertThat(fixture.record(agent.id()).statusReason()).contains("cut");
        }
    }

    @Test
    void nobody_is_online_when_the_controller_has_stopped() throws Exception {
        Stores stores = InMemoryStores.create();
        ControllerFixture fixture = ControllerFixture.quiet(ControllerSettings.of(stores));
        fixture.device("self::one");
        fixture.close();
        assertThat(stores.devices().countOnline()).isZero();
    }

    @Test
    void a_forgotten_device_is_gone_with_its_twin() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.send("n", new NotifyRequest("s", true, new Notification.ValueChange("Device.X.A", "1")));
            agent.next();
            assertThat(fixture.controller.forget(agent.id())).isTrue();
            assertThat(fixture.controller.device(agent.id())).isEmpty();
            assertThat(fixture.controller.stores().twins().count(agent.id())).isZero();
            assertThat(agent.isOpen()).isFalse();
        }
    }

    @Test
    void nineteen_thousand_idle_devices_take_less_than_ten_kilobytes_each() throws Exception {
        int devices = 19_000;
        Stores stores = InMemoryStores.create();
        LoopTransport transport = new LoopTransport();
        ControllerSettings settings = ControllerSettings.of(stores).withAdmission((device, peer, known) -> {
            stores.devices().create(DeviceRecord.unseen(device, false, true, Instant.EPOCH));
            return new Admission.Admitted(true);
        });
        try (UspController controller = new UspController(settings)) {
            controller.attach(transport);
            controller.start();
            long before = usedBytes();
            for (int i = 0; i < devices; i++) {
                transport.connect("self::d" + i).hello();
            }
            ControllerFixture.eventually(() -> stores.devices().countOnline() == devices);
            // also counts what the played devices, the inventory and the history take
            // threads that just ended and their records are garbage soon, not at once
            ControllerFixture.eventually(() -> (usedBytes() - before) / devices < 10_240);
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
