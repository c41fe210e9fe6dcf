// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.controller.job.JobState;
import dev.pharos.controller.profile.Finding.State;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.server.profile.ProfileBed.Server;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.SetRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Devices that come, and devices that drift away, are brought to what profiles want, within bounds.
final class ProfileKeeperTest {
    private static final String TEXT = "{name: p, query: '', parameters: {Device.A: wanted}}";

    private final ProfileBed bed = new ProfileBed();

    @AfterEach
    void clean() {
        bed.close();
    }

    private static EndpointId id(String name) {
        return EndpointId.of("proto::" + name);
    }

    private void comes(Server server, String name) {
        server.keeper().deviceChanged(bed.stores.devices().find(id(name)).orElseThrow());
    }

    private static List<String> told(Server server, EventKind kind) {
        return server.told().stream()
                .filter(event -> event.kind() == kind)
                .map(DeviceEvent::text)
                .toList();
    }

    @Test
    void a_device_that_comes_later_is_brought_to_the_profile_and_back_when_it_is_taken_back() throws Exception {
        Server server = bed.server();
        bed.runUntilEnded(server, ProfileBed.apply(server, TEXT));
        PaperGateway late = bed.device("late", true, "Device.A=factory");
        comes(server, "late");
        bed.settle(server);
        assertThat(late.value("Device.A")).isEqualTo("wanted");
        assertThat(told(server, EventKind.PROFILE)).containsExactly("put right: Device.A (profile p)");
        bed.settle(server);
        assertThat(late.asked(SetRequest.class)).as("once is enough").isOne();
        bed.runUntilEnded(
                server, server.desk().undo("p", ProfileBed.PACE, "tester").job().id());
        assertThat(late.value("Device.A")).isEqualTo("factory");
        bed.settle(server);
        assertThat(late.value("Device.A")).as("it holds no more").isEqualTo("factory");
    }

    @Test
    void what_drifts_is_put_right_and_what_nobody_told_of_is_found() throws Exception {
        PaperGateway gateway = bed.device("one", true, "Device.A=old", "Device.B=1");
        Server server = bed.server();
        bed.runUntilEnded(server, ProfileBed.apply(server, TEXT));
        bed.drift(server, "one", "Device.B", "2");
        bed.settle(server);
        assertThat(gateway.asked(SetRequest.class))
                .as("no profile wants it otherwise")
                .isOne();
        bed.drift(server, "one", "Device.A", "by hand");
        server.keeper().round();
        assertThat(gateway.value("Device.A")).as("it may tell more").isEqualTo("by hand");
        bed.settle(server);
        assertThat(gateway.value("Device.A")).isEqualTo("wanted");
        assertThat(server.desk().explain(id("one")).drift().get("Device.A"))
                .isNotNull()
                .satisfies(drift -> assertThat(drift.times()).isOne());
        gateway.write("Device.A", "silently");
        bed.learn(id("one"));
        bed.settle(server);
        assertThat(gateway.value("Device.A")).isEqualTo("silently");
        bed.clock.advance(Duration.ofMinutes(6));
        bed.settle(server);
        assertThat(gateway.value("Device.A")).isEqualTo("wanted");
    }

    @Test
    void what_always_flips_back_is_left_alone_and_said_until_a_day_has_passed_or_the_profile_changes()
            throws Exception {
        PaperGateway gateway = bed.device("flips", true, "Device.A=old", "Device.B=old");
        Server server = bed.server();
        bed.runUntilEnded(
                server,
                ProfileBed.apply(server, "{name: p, query: '', parameters: {Device.A: wanted, Device.B: wanted}}"));
        for (int i = 0; i < 8; i++) {
            bed.drift(server, "flips", "Device.A", "back");
            bed.settle(server);
        }
        assertThat(gateway.value("Device.A")).isEqualTo("back");
        assertThat(told(server, EventKind.PROFILE)).hasSize(3);
        assertThat(told(server, EventKind.WARNING))
                .singleElement()
                .asString()
                .contains("drifts repeatedly and is left alone for a day: Device.A");
        bed.drift(server, "flips", "Device.B", "back");
        bed.settle(server);
        assertThat(gateway.values).containsEntry("Device.B", "wanted").containsEntry("Device.A", "back");
        assertThat(server.desk().explain(id("flips")).drift().get("Device.A"))
                .isNotNull()
                .satisfies(drift -> assertThat(drift.givenUp()).isTrue());
        bed.clock.advance(Duration.ofDays(1));
        bed.settle(server);
        assertThat(gateway.value("Device.A")).isEqualTo("wanted");
        for (int i = 0; i < 4; i++) {
            bed.drift(server, "flips", "Device.A", "back");
            bed.settle(server);
        }
        assertThat(gateway.value("Device.A")).isEqualTo("back");
        bed.runUntilEnded(server, ProfileBed.apply(server, TEXT));
        bed.drift(server, "flips", "Device.A", "back");
        bed.settle(server);
        assertThat(gateway.value("Device.A")).as("somebody wants it anew").isEqualTo("wanted");
    }

    @Test
    void what_a_device_refuses_is_not_tried_forever() throws Exception {
        PaperGateway gateway = bed.device("one", true);
        Server server = bed.server();
        bed.runUntilEnded(server, ProfileBed.apply(server, TEXT));
        long before = gateway.asked.size();
        for (int i = 0; i < 8; i++) {
            bed.clock.advance(Duration.ofMinutes(6));
            bed.settle(server);
        }
        assertThat(gateway.asked.size() - before).isBetween(1L, 3L);
        assertThat(told(server, EventKind.WARNING)).singleElement().asString().contains("no such parameter");
    }

    @Test
    void a_fleet_that_drifts_at_once_is_put_right_a_few_at_a_time() throws Exception {
        List<PaperGateway> fleet = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger together = new AtomicInteger();
        Server calm = bed.server();
        bed.runUntilEnded(calm, ProfileBed.apply(calm, TEXT));
        Server server = bed.server((device, request) -> {
            together.incrementAndGet();
            try {
                go.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return device.answer(request);
        });
        for (int i = 0; i < 120; i++) {
            fleet.add(bed.device("f" + i, true, "Device.A=old"));
            comes(server, "f" + i);
        }
        server.keeper().round();
        bed.clock.advance(Duration.ofSeconds(5));
        server.keeper().round();
        assertThat(server.keeper().atWork()).isEqualTo(Limits.BEGUN);
        server.keeper().round();
        server.keeper().round();
        server.keeper().round();
        assertThat(server.keeper().atWork()).isEqualTo(Limits.AT_WORK);
        go.countDown();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    bed.clock.advance(Duration.ofSeconds(1));
                    server.keeper().round();
                    return fleet.stream()
                            .allMatch(gateway -> gateway.value("Device.A").equals("wanted"));
                });
        await().atMost(Duration.ofSeconds(60)).until(() -> server.keeper().atWork() == 0);
        assertThat(together.get()).isPositive();
    }

    @Test
    void who_is_away_is_not_called_and_a_job_that_was_cancelled_stops_the_holding_too() throws Exception {
        PaperGateway away = bed.device("away", false, "Device.A=old");
        PaperGateway here = bed.device("here", true, "Device.A=wanted");
        Server server = bed.server();
        long job = ProfileBed.apply(server, TEXT);
        server.runner().round();
        bed.clock.advance(Duration.ofMinutes(6));
        bed.settle(server);
        assertThat(away.asked).isEmpty();
        bed.jobs.move(job, EnumSet.allOf(JobState.class), JobState.CANCELLED, "", bed.clock.instant());
        Thread.sleep(1_100);
        bed.drift(server, "here", "Device.A", "by hand");
        bed.settle(server);
        assertThat(here.value("Device.A")).isEqualTo("by hand");
    }

    @Test
    void profiles_that_come_to_contradict_each_other_leave_a_device_as_it_is() throws Exception {
        Server server = bed.server();
        PaperGateway gateway = bed.device("one", true, "Device.A=old", "Device.B=old");
        bed.runUntilEnded(
                server,
                ProfileBed.apply(server, "{name: l, query: 'tag:l', parameters: {Device.A: left, Device.B: left}}"));
        bed.runUntilEnded(server, ProfileBed.apply(server, "{name: r, query: 'tag:r', parameters: {Device.A: right}}"));
        bed.stores.devices().update(id("one"), known -> known.withTags(List.of("l", "r")));
        comes(server, "one");
        bed.settle(server);
        assertThat(gateway.values).containsEntry("Device.A", "old").containsEntry("Device.B", "left");
        assertThat(server.desk().explain(id("one")).findings().in(State.CONTRADICTION))
                .singleElement()
                .satisfies(finding -> assertThat(finding.why()).contains("l (priority 0), r (priority 0)"));
        assertThat(server.desk().explain(id("one")).profiles()).containsExactly("l", "r");
        assertThat(server.desk().explain(id("nobody")).profiles()).isEmpty();
    }
}
