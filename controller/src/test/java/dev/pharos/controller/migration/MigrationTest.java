// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.pharos.controller.acs.AgentOnPaper;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.UspDoor;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The way from TR-069 to USP, and back: a device on paper, sessions of TR-069 as they are, and USP by hand.
class MigrationTest {
    private final MovingDevice moving = new MovingDevice();

    @AfterEach
    void it_stops() {
        moving.close();
    }

    @Test
    void a_device_is_set_up_arrives_is_compared_stood_by_and_moved_and_it_is_told_step_by_step() {
        moving.done();
        assertThat(moving.way())
                .containsExactly(
                        MigrationState.ELIGIBLE,
                        MigrationState.CONFIGURED,
                        MigrationState.CONNECTED,
                        MigrationState.VERIFIED,
                        MigrationState.STOOD_BY,
                        MigrationState.DONE);
        assertThat(moving.told)
                .hasSize(6)
                .first()
                .asString()
                .contains("eligible: ", "wss://acs.example:8183/usp", "as somebody asked");
        assertThat(moving.why()).contains("TR-069 is switched off");
        assertThat(moving.paper.device.values)
                .contains(entry(MovingDevice.ENABLE, "false"), entry(MovingDevice.INTERVAL, "86400"));
        assertThat(moving.store.open(10)).isEmpty();
        assertThat(moving.runner.begin(MovingDevice.ID, MovingDevice.PLAN))
                .as("it is moved")
                .isEmpty();
    }

    @Test
    void tr_069_stays_as_the_reserve_where_that_is_wanted_or_the_device_wants_it() {
        assertThat(moving.runner.begin(
                        MovingDevice.ID,
                        new MigrationPlan(
                                MovingDevice.DOOR,
                                new Crossing("ws", true, Duration.ZERO, false),
                                "somebody",
                                OptionalLong.empty(),
                                MovingDevice.FROM)))
                .isPresent();
        moving.goOn();
        moving.comesOverTr069();
        moving.arrives();
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.DONE);
        assertThat(moving.why()).contains("TR-069 stays as the reserve");
        assertThat(moving.paper.device.values)
                .contains(entry(MovingDevice.ENABLE, "true"), entry(MovingDevice.INTERVAL, "86400"));
    }

    @Test
    void where_tr_069_cannot_be_switched_off_over_usp_the_device_is_moved_and_it_is_said() {
        moving.stoodBy();
        moving.paper.clock.advance(MovingDevice.PLAN.settle());
        moving.refuses = true;
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.DONE);
        assertThat(moving.why()).contains("cannot be switched off over USP", "not by you");
        assertThat(moving.isEnabled()).isTrue();
    }

    @Test
    void who_refuses_the_rows_stays_with_tr_069_and_it_is_said_why() {
        moving.paper.device.unwritable = "WebSocket.Host";
        assertThat(moving.runner.begin(MovingDevice.ID, MovingDevice.PLAN)).isPresent();
        moving.goOn();
        moving.comesOverTr069();
        assertThat(moving.state()).isEqualTo(MigrationState.RETURNING);
        moving.isBack(MigrationState.FAILED);
        assertThat(moving.why()).contains("refuses to be set up", "WebSocket.Host", "9008", "over TR-069 as before");
        moving.paper.device.unwritable = "Locked";
        moving.configured();
    }

    @Test
    void who_does_not_come_over_tr_069_is_given_up_after_a_week() {
        assertThat(moving.runner.begin(MovingDevice.ID, MovingDevice.PLAN)).isPresent();
        moving.goOn();
        moving.paper.clock.advance(Limits.SET_UP);
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.RETURNING);
        assertThat(moving.paper.errands.of(MovingDevice.ID))
                .extracting(each -> each.errand())
                .containsExactly(new Errand.LeaveController(MovingDevice.DOOR));
        moving.isBack(MigrationState.FAILED);
    }

    @Test
    void who_does_not_come_over_usp_in_time_goes_back() {
        moving.configured();
        moving.paper.clock.advance(Limits.ARRIVAL.minusSeconds(1));
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.CONFIGURED);
        moving.paper.clock.advance(Duration.ofSeconds(1));
        moving.goOn();
        assertThat(moving.why()).contains("did not come over USP within 10 minutes");
        moving.isBack(MigrationState.FAILED);
    }

    @Test
    void who_is_another_over_usp_goes_back_and_the_difference_is_said() {
        for (String other : List.of("S 2", "GONE")) {
            moving.otherwise.put(MovingDevice.SERIAL, other);
            moving.configured();
            moving.arrives();
            moving.goOn();
            assertThat(moving.state()).isEqualTo(MigrationState.RETURNING);
            assertThat(moving.why())
                    .contains(
                            MovingDevice.SERIAL + " is \"S 1\" over TR-069 and",
                            other.equals("GONE") ? "not there" : other);
            moving.isBack(MigrationState.FAILED);
        }
    }

    @Test
    void who_does_not_let_itself_be_read_over_usp_goes_back() {
        moving.configured();
        moving.arrives();
        moving.refuses = true;
        moving.goOn();
        assertThat(moving.why()).contains("does not let itself be read", "not by you");
        moving.refuses = false;
        moving.isBack(MigrationState.FAILED);
    }

    @Test
    void a_moment_of_silence_is_nothing_and_a_longer_one_leads_back() {
        moving.configured();
        moving.arrives();
        moving.answers = false;
        moving.goOn();
        moving.paper.clock.advance(Limits.SILENCE.dividedBy(2));
        moving.answers = true;
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.STOOD_BY);
        moving.leaves();
        moving.goOn();
        moving.paper.clock.advance(Limits.SILENCE.minusSeconds(1));
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.STOOD_BY);
        moving.paper.clock.advance(Duration.ofSeconds(1));
        moving.goOn();
        assertThat(moving.why()).contains("has fallen silent over USP for 2 minutes");
        moving.comesOverTr069();
        assertThat(moving.state()).isEqualTo(MigrationState.FAILED);
        assertThat(moving.knowsUs()).isFalse();
        assertThat(moving.isEnabled()).isTrue();
        assertThat(moving.paper.device.values).containsEntry(MovingDevice.INTERVAL, "60");
    }

    @Test
    void an_answer_that_is_lost_does_no_harm() {
        moving.stoodBy();
        moving.paper.clock.advance(MovingDevice.PLAN.settle());
        moving.loses = true;
        moving.goOn();
        assertThat(moving.isEnabled()).isFalse();
        assertThat(moving.state()).isEqualTo(MigrationState.STOOD_BY);
        moving.loses = false;
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.DONE);
    }

    @Test
    void it_is_called_back_from_wherever_it_is() {
        for (Runnable place : List.<Runnable>of(
                () -> assertThat(moving.runner.begin(MovingDevice.ID, MovingDevice.PLAN))
                        .isPresent(),
                moving::configured,
                moving::stoodBy,
                moving::done)) {
            place.run();
            assertThat(moving.runner.back(MovingDevice.ID, "another")).isPresent();
            assertThat(moving.runner.back(MovingDevice.ID, "another"))
                    .as("it is on its way")
                    .isEmpty();
            moving.isBack(MigrationState.RETURNED);
            assertThat(moving.why()).contains("as another asked");
            assertThat(moving.runner.back(MovingDevice.ID, "another"))
                    .as("it is back")
                    .isEmpty();
        }
    }

    @Test
    void who_comes_over_tr_069_without_proof_is_let_in_on_the_way_and_not_when_the_device_is_moved() {
        moving.stoodBy();
        assertThat(moving.paper.session(StandardEvent.PERIODIC)).isTrue();
        moving.paper.clock.advance(MovingDevice.PLAN.settle());
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.DONE);
        assertThat(moving.paper.session(StandardEvent.PERIODIC))
                .as("an impostor")
                .isFalse();
        assertThat(moving.runner.back(MovingDevice.ID, "another")).isPresent();
        assertThat(moving.paper.session(StandardEvent.PERIODIC)).isTrue();
    }

    @Test
    void a_device_that_is_here_over_a_broker_is_called_where_it_came_from_over_tr_069() throws Exception {
        moving.done();
        moving.paper
                .stores
                .devices()
                .update(MovingDevice.ID, known -> known.withConnection("mqtt", "192.0.2.9:1883 usp/agent/it", false));
        moving.paper.comes = true;
        assertThat(moving.runner.back(MovingDevice.ID, "another")).isPresent();
        moving.goOn();
        while (moving.knowsUs()) {
            Thread.sleep(20);
        }
    }

    @Test
    void what_was_read_before_the_last_that_was_written_does_not_keep_tr_069_switched_off() {
        moving.done();
        for (Map.Entry<String, String> late :
                Map.of(MovingDevice.ENABLE, "true", MovingDevice.INTERVAL, "60").entrySet()) {
            moving.paper
                    .stores
                    .twins()
                    .put(
                            MovingDevice.ID,
                            List.of(new TwinValue(
                                    late.getKey(),
                                    late.getValue(),
                                    false,
                                    moving.paper.clock.instant(),
                                    TwinValue.Source.ONBOARDING)));
        }
        assertThat(moving.runner.back(MovingDevice.ID, "another")).isPresent();
        moving.isBack(MigrationState.RETURNED);
    }

    @Test
    void a_moved_device_that_is_away_is_brought_back_when_it_comes() {
        moving.done();
        moving.leaves();
        assertThat(moving.runner.back(MovingDevice.ID, "another")).isPresent();
        moving.goOn();
        moving.comesOverTr069();
        assertThat(moving.knowsUs()).as("never without management").isTrue();
        moving.arrives();
        moving.isBack(MigrationState.RETURNED);
    }

    @Test
    void a_device_that_stays_over_usp_without_a_controller_is_left_in_peace_after_a_while() {
        moving.configured();
        moving.arrives();
        assertThat(moving.runner.back(MovingDevice.ID, "another")).isPresent();
        moving.goOn();
        moving.comesOverTr069();
        assertThat(moving.state()).isEqualTo(MigrationState.RETURNING);
        moving.paper.clock.advance(Limits.ARRIVAL);
        moving.goOn();
        moving.comesOverTr069();
        assertThat(moving.state()).isEqualTo(MigrationState.RETURNED);
        assertThat(moving.why()).contains("stays connected over USP all the same");
    }

    @Test
    void the_login_for_a_broker_counts_as_long_as_the_device_has_it_and_ends_with_the_way_back() {
        UspDoor broker = new UspDoor(
                MovingDevice.DOOR.controller(),
                "acs.example",
                1883,
                false,
                new UspDoor.Way.Mqtt("usp/controller/us", "usp/agent/it"));
        MigrationPlan plan = new MigrationPlan(
                broker,
                new Crossing("ws", false, Duration.ZERO, false),
                "somebody",
                OptionalLong.empty(),
                MovingDevice.FROM);
        assertThat(moving.runner.begin(MovingDevice.ID, plan)).isPresent();
        moving.goOn();
        assertThat(moving.paper.brokerLogins.of(MovingDevice.ID))
                .as("none before it is written")
                .isEmpty();
        moving.comesOverTr069();
        moving.arrives();
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.DONE);
        String password =
                moving.paper.brokerLogins.of(MovingDevice.ID).orElseThrow().password();
        assertThat(moving.told.toString() + moving.here()).doesNotContain(password);
        assertThat(moving.runner.back(MovingDevice.ID, "another")).isPresent();
        moving.goOn();
        assertThat(moving.paper.brokerLogins.of(MovingDevice.ID))
                .as("it may have to come by it once more")
                .isPresent();
        moving.isBack(MigrationState.RETURNED);
        assertThat(moving.paper.brokerLogins.of(MovingDevice.ID)).isEmpty();
        assertThat(moving.paper.beneath("Device.MQTT.Client.")).isEmpty();
    }

    @Test
    void a_server_that_ends_between_any_two_steps_goes_on_where_the_last_was_kept() {
        assertThat(moving.runner.begin(MovingDevice.ID, MovingDevice.PLAN)).isPresent();
        for (int i = 0; i < 40 && moving.state() != MigrationState.DONE; i++) {
            // it has done what is next, and has not kept it
            MigrationWork half = new MigrationWork(new MigrationWork.Parts(
                    moving.store,
                    moving.paper.office(),
                    moving.usp(),
                    moving.paper.stores.twins(),
                    moving.paper.clock));
            var _ = half.advance(moving.here());
            moving.runner.close();
            moving.runner = moving.server();
            moving.goOn();
            moving.comesOverTr069();
            moving.arrives();
            moving.paper.clock.advance(Duration.ofSeconds(20));
        }
        assertThat(moving.state()).isEqualTo(MigrationState.DONE);
        assertThat(moving.way()).doesNotHaveDuplicates();
        assertThat(moving.paper.beneath(AgentOnPaper.CONTROLLERS).keySet())
                .filteredOn(name -> name.endsWith(".EndpointID"))
                .hasSize(1);
        assertThat(moving.runner.back(MovingDevice.ID, "another")).isPresent();
        moving.runner.close();
        moving.runner = moving.server();
        moving.isBack(MigrationState.RETURNED);
    }

    @Test
    void of_two_servers_one_keeps_a_step() {
        moving.configured();
        moving.arrives();
        Migration before = moving.here();
        MigrationRunner other = moving.server();
        moving.runner.goOn(before);
        other.goOn(before);
        assertThat(moving.way()).doesNotHaveDuplicates();
        assertThat(moving.told).doesNotHaveDuplicates();
        other.close();
    }

    @Test
    void it_goes_by_itself_where_the_device_can_be_called() throws Exception {
        moving.paper.comes = true;
        moving.runner.start();
        assertThat(moving.runner.begin(
                        MovingDevice.ID,
                        new MigrationPlan(
                                MovingDevice.DOOR,
                                new Crossing("ws", false, Duration.ZERO, false),
                                "somebody",
                                OptionalLong.empty(),
                                MovingDevice.FROM)))
                .isPresent();
        while (moving.state() != MigrationState.DONE) {
            moving.arrives();
            Thread.sleep(20);
        }
        assertThat(moving.isEnabled()).isFalse();
    }
}
