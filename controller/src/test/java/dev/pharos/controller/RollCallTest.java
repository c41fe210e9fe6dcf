// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A session at a broker comes up while devices behind it believe that they were heard.
class RollCallTest {
    private static final String PLACE = "mqtt://broker:1883 usp/agent/";

    private final Stores stores = InMemoryStores.create();
    private final BlockingQueue<LockstepAgent> reached = new LinkedBlockingQueue<>();

    private static ConnectInfo.Mqtt behind(EndpointId id) {
        return new ConnectInfo.Mqtt(true, "usp/agent/" + id);
    }

    private LockstepAgent connect(ControllerFixture fixture, EndpointId id) {
        PeerIdentity identity = new PeerIdentity(Optional.of(id), PeerIdentity.Proof.NONE, PLACE + id, true);
        return fixture.transport.connect(id, identity, behind(id));
    }

    /// A device that an earlier run of the Controller left in the inventory.
    private EndpointId known(String id, boolean approved) {
        EndpointId device = EndpointId.of(id);
        DeviceStore devices = stores.devices();
        devices.create(DeviceRecord.unseen(device, approved, false, Instant.EPOCH)
                .withConnection("mqtt", PLACE + device, false)
                .withStatus(DeviceStatus.ONLINE, ""));
        return device;
    }

    private void waitsBehindTheBroker(ControllerFixture fixture, EndpointId id, boolean answers) {
        Home home = new Home();
        fixture.transport.behindTheBroker(PLACE + id, () -> {
            LockstepAgent agent = connect(fixture, id);
            if (answers) {
                agent.answering(home);
            }
            reached.add(agent);
            return agent;
        });
    }

    private static void sessionUp(ControllerFixture fixture) {
        fixture.transport.receiver().sessionUp(fixture.transport);
    }

    private ControllerFixture fixture() throws Exception {
        return new ControllerFixture(ControllerSettings.of(stores));
    }

    @Test
    void a_device_known_from_an_earlier_run_is_asked_and_is_online_before_it_speaks() throws Exception {
        EndpointId id = known("self::there", true);
        try (ControllerFixture fixture = fixture()) {
            waitsBehindTheBroker(fixture, id, true);
            assertThat(fixture.record(id).online()).isFalse();
            sessionUp(fixture);
            ControllerFixture.eventually(() -> fixture.record(id).status() == DeviceStatus.ONLINE);
            assertThat(fixture.record(id).transport()).isEqualTo("mqtt");
            assertThat(fixture.controller.counters().value(Counter.ANSWERS_UNEXPECTED))
                    .isZero();
        }
    }

    @Test
    void a_device_is_online_again_when_its_broker_is_back() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            EndpointId id = EndpointId.of("self::loopback");
            LockstepAgent agent = connect(fixture, id).answering(new Home()).hello();
            ControllerFixture.eventually(() -> fixture.controller
                    .device(id)
                    .filter(device -> device.status() == DeviceStatus.ONLINE)
                    .isPresent());
            agent.cut();
            ControllerFixture.eventually(() -> !fixture.record(id).online());
            waitsBehindTheBroker(fixture, id, true);
            sessionUp(fixture);
            ControllerFixture.eventually(() -> fixture.record(id).status() == DeviceStatus.ONLINE);
        }
    }

    @Test
    void only_approved_devices_that_are_not_online_and_need_no_proof_are_asked() throws Exception {
        EndpointId stranger = known("self::stranger", false);
        EndpointId online = known("self::online", true);
        EndpointId away = known("self::away", true);
        try (ControllerFixture fixture = fixture()) {
            DeviceStore devices = stores.devices();
            EndpointId proven = known("self::proven", true);
            devices.update(proven, device -> device.withConnection("mqtt", PLACE + proven, true));
            for (EndpointId id : new EndpointId[] {stranger, online, away, proven}) {
                waitsBehindTheBroker(fixture, id, false);
            }
            connect(fixture, online).answering(new Home()).hello();
            ControllerFixture.eventually(() -> fixture.record(online).status() == DeviceStatus.ONLINE);
            sessionUp(fixture);
            LockstepAgent asked = reached.poll(90, TimeUnit.SECONDS);
            assertThat(asked).isNotNull();
            assertThat(asked.id()).isEqualTo(away);
            assertThat(asked.next().body()).isInstanceOf(GetSupportedProtocolRequest.class);
            assertThat(reached.poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void who_does_not_answer_stays_offline_until_it_does() throws Exception {
        EndpointId id = known("self::slow", true);
        try (ControllerFixture fixture = fixture()) {
            waitsBehindTheBroker(fixture, id, false);
            sessionUp(fixture);
            LockstepAgent asked = reached.poll(90, TimeUnit.SECONDS);
            assertThat(asked).isNotNull();
            var question = asked.next();
            assertThat(asked.nothingFor(Duration.ofMillis(200))).isEmpty();
            assertThat(fixture.record(id).online()).isFalse();
            asked.answering(new Home());
            asked.answer(question, new GetSupportedProtocolResponse("1.4"));
            ControllerFixture.eventually(() -> fixture.record(id).status() == DeviceStatus.ONLINE);
        }
    }

    @Test
    void nothing_is_waited_for_on_a_connection_that_ends() throws Exception {
        EndpointId id = known("self::gone", true);
        try (ControllerFixture fixture = fixture()) {
            waitsBehindTheBroker(fixture, id, false);
            sessionUp(fixture);
            LockstepAgent asked = reached.poll(90, TimeUnit.SECONDS);
            assertThat(asked).isNotNull();
            asked.next();
            asked.cut();
            assertThat(fixture.record(id).online()).isFalse();
            waitsBehindTheBroker(fixture, id, true);
            sessionUp(fixture);
            ControllerFixture.eventually(() -> fixture.record(id).status() == DeviceStatus.ONLINE);
            assertThat(fixture.controller.counters().value(Counter.CALLS_TIMED_OUT))
                    .isZero();
        }
    }
}
