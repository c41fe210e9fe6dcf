// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.policy.OnboardingPlan;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnboardingTest {
    private static final OnboardingPlan PLAN =
            OnboardingPlan.DEFAULT.withRetry(new RetryBackoff(Duration.ofMillis(20), 1000));

    private static ControllerFixture fixture() throws IOException {
        return new ControllerFixture(
                ControllerSettings.of(InMemoryStores.create()).withPlan(PLAN));
    }

    private static boolean learnt(ControllerFixture fixture, EndpointId id) {
        return fixture.controller
                .device(id)
                .filter(device -> device.onboarded() && device.status() == DeviceStatus.ONLINE)
                .isPresent();
    }

    private static LockstepAgent learnt(ControllerFixture fixture, Home home) {
        LockstepAgent agent =
                fixture.transport.connect("self::home").answering(home).hello();
        ControllerFixture.eventually(() -> learnt(fixture, agent.id()));
        return agent;
    }

    @Test
    @Requirement("R-NOT.0")
    void a_new_device_is_learnt_and_watched() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            Home home = new Home();
            LockstepAgent agent = learnt(fixture, home);
            DeviceRecord record = fixture.record(agent.id());
            assertThat(record.identity().modelName()).isEqualTo("Home");
            assertThat(record.protocolVersions()).isEqualTo("1.3,1.4");
            assertThat(record.parameterCount()).isEqualTo(4);
            assertThat(fixture.controller.supportedModel(agent.id())).isPresent();
            assertThat(fixture.controller.stores().twins().find(agent.id(), "Device.DeviceInfo.SerialNumber"))
                    .map(TwinValue::value)
                    .contains("0815");
            // only what the device's model has: no Wi-Fi, no hosts, so nothing to create or delete
            assertThat(home.subscriptions.values())
                    .extracting(row -> row.get("ID"))
                    .containsExactlyInAnyOrder("pharos-boot", "pharos-periodic", "pharos-values", "pharos-completed");
            assertThat(home.subscriptions.values())
                    .allMatch(row -> "true".equals(row.get("Enable"))
                            && "true".equals(row.get("Persistent"))
                            && "true".equals(row.get("NotifRetry")));
            assertThat(fixture.controller.subscriptions(agent.id()))
                    .hasSize(4)
                    .allMatch(state -> state.wanted() && state.present() && state.enabled());
            ControllerFixture.eventually(() -> fixture.kinds(agent.id()).contains(EventKind.ONBOARDED));
        }
    }

    @Test
    void a_thousand_equal_devices_cost_one_supported_data_model() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            Home home = new Home();
            Function<Body, Optional<Body>> own = body -> switch (body) {
                case GetSupportedDmRequest ask -> home.apply(ask);
                default -> new Home().apply(body);
            };
            List<LockstepAgent> agents = IntStream.range(0, 1_000)
                    .mapToObj(i -> fixture.transport
                            .connect("self::d" + i)
                            .answering(own)
                            .hello())
                    .toList();
            agents.forEach(agent -> ControllerFixture.eventually(() -> learnt(fixture, agent.id())));
            assertThat(home.supportedDm).hasValue(1);
        }
    }

    @Test
    void a_device_without_something_that_others_of_its_kind_have_is_asked_itself() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            Home other = new Home();
            other.hasModules = true;
            LockstepAgent first =
                    fixture.transport.connect("self::other").answering(other).hello();
            ControllerFixture.eventually(() -> learnt(fixture, first.id()));
            assertThat(other.subscriptions).hasSize(5);

            Home home = new Home();
            LockstepAgent agent = learnt(fixture, home);
            assertThat(home.supportedDm).hasValue(1);
            assertThat(home.subscriptions).hasSize(4);
            assertThat(fixture.record(agent.id()).modelHash())
                    .isNotEqualTo(fixture.record(first.id()).modelHash());

            home.subscriptions.values().forEach(row -> row.put("Enable", "false"));
            assertThat(fixture.controller.onboard(agent.id())).isTrue();
            ControllerFixture.eventually(
                    () -> home.subscriptions.values().stream().allMatch(row -> "true".equals(row.get("Enable"))));
            assertThat(home.supportedDm).as("it has a model of its own now").hasValue(1);
        }
    }

    @Test
    void a_device_that_was_onboarded_over_tr069_meanwhile_gets_its_subscriptions_again() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            Home home = new Home();
            LockstepAgent agent = learnt(fixture, home);
            agent.cut();
            ControllerFixture.eventually(() -> !fixture.record(agent.id()).online());
            fixture.controller
                    .stores()
                    .devices()
                    .update(agent.id(), known -> known.withConnection(DeviceRecord.IN_SESSIONS, "127.0.0.1:5", false));
            home.subscriptions.clear();
            fixture.transport.connect("self::home").answering(home).hello();
            ControllerFixture.eventually(() -> home.subscriptions.size() == 4);
            ControllerFixture.eventually(() -> learnt(fixture, agent.id()));
        }
    }

    @Test
    void a_known_device_that_comes_back_is_asked_one_question() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            Home home = new Home();
            LockstepAgent agent = learnt(fixture, home);
            agent.cut();
            ControllerFixture.eventually(() -> !fixture.record(agent.id()).online());
            home.requests.set(0);
            LockstepAgent again =
                    fixture.transport.connect("self::home").answering(home).hello();
            ControllerFixture.eventually(() -> home.requests.get() == 1 && learnt(fixture, again.id()));
            assertThat(again.nothingFor(Duration.ofMillis(200))).isEmpty();
            assertThat(home.requests).hasValue(1);
        }
    }

    @Test
    void learning_again_adds_no_subscription_and_mends_what_differs() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            Home home = new Home();
            LockstepAgent agent = learnt(fixture, home);
            home.subscriptions.values().forEach(row -> row.put("Enable", "false"));
            long before = fixture.controller.counters().value(Counter.ONBOARDINGS);
            assertThat(fixture.controller.onboard(agent.id())).isTrue();
            ControllerFixture.eventually(() -> fixture.controller.counters().value(Counter.ONBOARDINGS) > before
                    && home.subscriptions.values().stream().allMatch(row -> "true".equals(row.get("Enable"))));
            assertThat(home.subscriptions).hasSize(4);
        }
    }

    @Test
    @Requirement("R-NOT.0")
    void a_boot_with_new_firmware_lets_the_device_be_learnt_again() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            Home home = new Home();
            LockstepAgent agent = learnt(fixture, home);
            home.softwareVersion = "2.0";
            agent.send(
                    "b1",
                    new NotifyRequest(
                            "pharos-boot",
                            true,
                            new Notification.Event("Device.", "Boot!", Map.of("FirmwareUpdated", "true"))));
            ControllerFixture.eventually(() -> home.supportedDm.get() == 2 && learnt(fixture, agent.id()));
            assertThat(fixture.record(agent.id()).identity().softwareVersion()).isEqualTo("2.0");
        }
    }

    @Test
    void what_fails_is_shown_and_tried_again() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            Home home = new Home();
            // the question for protocol versions may fail; the next one, who the device is, may not
            home.failures.set(3);
            LockstepAgent agent = learnt(fixture, home);
            assertThat(fixture.controller.counters().value(Counter.ONBOARDINGS_FAILED))
                    .isPositive();
            ControllerFixture.eventually(() -> fixture.kinds(agent.id()).contains(EventKind.WARNING));
        }
    }

    @Test
    @Requirement("R-NOT.6")
    void a_device_that_asks_to_be_onboarded_is_known_by_what_it_says() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            Home home = new Home();
            LockstepAgent agent = learnt(fixture, home);
            agent.send(
                    "o1",
                    new NotifyRequest("", true, new Notification.OnBoardRequest("00256D", "HGW", "0815", "1.3,1.4")));
            assertThat(agent.next().body()).isEqualTo(new NotifyResponse(""));
            ControllerFixture.eventually(
                    () -> fixture.record(agent.id()).identity().oui().equals("00256D"));
        }
    }
}
