// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.SetParameterValues;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A device that the network tells the way to USP: nothing is written to it, and it is waited for.
class NetworkMoveTest {
    private static final Crossing CROSSING = new Crossing("ws", false, Duration.ofSeconds(60), true);

    private final MovingDevice moving = new MovingDevice();

    @AfterEach
    void it_stops() {
        moving.close();
    }

    private void isAwaited(OptionalLong campaign) {
        moving.paper.device.asked.clear();
        assertThat(moving.runner.begin(
                        MovingDevice.ID,
                        new MigrationPlan(MovingDevice.DOOR, CROSSING, "somebody", campaign, MovingDevice.FROM)))
                .isPresent();
        moving.goOn();
        moving.comesOverTr069();
        assertThat(moving.state()).isEqualTo(MigrationState.CONFIGURED);
        assertThat(moving.paper.errands.of(MovingDevice.ID)).isEmpty();
        assertThat(moving.paper.device.asked)
                .noneMatch(each -> each instanceof SetParameterValues || each instanceof AddObject);
    }

    /// As the network tells it.
    private void arrives() {
        moving.overUsp = true;
        moving.paper.overUsp(true);
        moving.paper
                .stores
                .devices()
                .update(MovingDevice.ID, known -> known.withConnection("websocket", "127.0.0.1:9", true));
    }

    private void isOver() {
        arrives();
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.STOOD_BY);
        moving.paper.clock.advance(CROSSING.settle());
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.DONE);
    }

    @Test
    void it_arrives_days_later_and_is_moved_as_any_other() {
        isAwaited(OptionalLong.empty());
        moving.paper.clock.advance(Duration.ofDays(6));
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.CONFIGURED);
        // what people change meanwhile does not make it another
        moving.otherwise.put("Device.WiFi.SSID.1.SSID", "Renamed");
        moving.otherwise.put("Device.DeviceInfo.SoftwareVersion", "1.1");
        isOver();
        assertThat(moving.paper.device.values)
                .contains(entry(MovingDevice.ENABLE, "false"), entry(MovingDevice.INTERVAL, "86400"));
        assertThat(moving.knowsUs()).isFalse();
    }

    @Test
    void who_is_another_goes_back_at_once() {
        isAwaited(OptionalLong.empty());
        moving.otherwise.put(MovingDevice.SERIAL, "S 2");
        arrives();
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.FAILED);
        assertThat(moving.why()).contains("S 2", "is for the network to end");
    }

    @Test
    void whom_the_network_does_not_bring_stays_after_a_week_as_it_was() {
        isAwaited(OptionalLong.empty());
        moving.paper.clock.advance(Limits.SET_UP);
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.FAILED);
        assertThat(moving.here().reason()).contains(ReturnReason.NO_ARRIVAL);
        assertThat(moving.why()).contains("within 7 days");
    }

    @Test
    void one_that_is_called_back_has_tr_069_as_before() {
        isAwaited(OptionalLong.empty());
        isOver();
        assertThat(moving.runner.back(MovingDevice.ID, "another")).isPresent();
        moving.goOn();
        assertThat(moving.paper.device.values)
                .contains(entry(MovingDevice.ENABLE, "true"), entry(MovingDevice.INTERVAL, "60"));
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.RETURNED);
        assertThat(moving.paper.errands.of(MovingDevice.ID)).isEmpty();
    }

    @Test
    void one_that_falls_silent_gets_its_interval_back_in_a_session() {
        isAwaited(OptionalLong.empty());
        arrives();
        moving.goOn();
        moving.leaves();
        moving.paper.clock.advance(Limits.SILENCE);
        moving.goOn();
        moving.paper.clock.advance(Limits.SILENCE);
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.RETURNING);
        assertThat(moving.paper.session(StandardEvent.PERIODIC)).isTrue();
        assertThat(moving.paper.device.values).contains(entry(MovingDevice.INTERVAL, "60"));
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.FAILED);
    }

    @Test
    void a_campaign_that_does_not_wait_any_more_lets_it_go() {
        moving.store.awaited = true;
        isAwaited(OptionalLong.of(4));
        moving.store.awaited = false;
        moving.goOn();
        assertThat(moving.state()).isEqualTo(MigrationState.FAILED);
        assertThat(moving.here().reason()).contains(ReturnReason.FORSAKEN);
    }

    @Test
    void one_that_shows_no_agent_over_tr_069_can_be_awaited_and_not_be_written_to() throws Exception {
        moving.paper.stores.twins().removeUnder(MovingDevice.ID, "Device.LocalAgent.");
        Eligibility eligibility =
                new Eligibility(moving.paper.stores, moving.paper.office(), (_, _) -> MovingDevice.DOOR);
        DeviceRecord device =
                moving.paper.stores.devices().find(MovingDevice.ID).orElseThrow();
        assertThat(eligibility
                        .plan(device, CROSSING, "somebody", OptionalLong.empty())
                        .byNetwork())
                .isTrue();
        assertThat(catchThrowable(() -> eligibility.plan(
                        device, new Crossing("ws", false, Duration.ZERO, false), "somebody", OptionalLong.empty())))
                .isInstanceOf(CannotMoveException.class);
    }
}
