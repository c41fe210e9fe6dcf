// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.EventCode;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.Outbox.Contents;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final EventStruct BOOT = event(StandardEvent.BOOT);
    private static final EventStruct PERIODIC = event(StandardEvent.PERIODIC);
    private static final EventStruct CHANGE = event(StandardEvent.VALUE_CHANGE);
    private static final EventStruct CALLED = event(StandardEvent.CONNECTION_REQUEST);
    private static final EventStruct TRANSFERRED = event(StandardEvent.TRANSFER_COMPLETE);

    private final List<Contents> kept = new ArrayList<>();
    private final Outbox outbox = new Outbox(Contents.NOTHING, kept::add);

    private static EventStruct event(EventCode code) {
        return new EventStruct(code, "");
    }

    private static Report download(String commandKey) {
        return new Report(
                new TransferComplete(
                        commandKey, new TransferOutcome(FaultStruct.NONE, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)),
                List.of(TRANSFERRED, new EventStruct(MethodEvent.DOWNLOAD, commandKey)));
    }

    @Test
    void an_event_that_waits_already_is_told_once() {
        outbox.add(PERIODIC);
        outbox.add(PERIODIC);
        outbox.add(new EventStruct(MethodEvent.REBOOT, "a"));
        outbox.add(new EventStruct(MethodEvent.REBOOT, "b"));
        assertThat(outbox.tell())
                .containsExactly(
                        PERIODIC, new EventStruct(MethodEvent.REBOOT, "a"), new EventStruct(MethodEvent.REBOOT, "b"));
    }

    @Test
    void an_answered_inform_settles_its_events() {
        outbox.add(BOOT);
        outbox.tell();
        outbox.informed();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(kept.getLast()).isEqualTo(Contents.NOTHING);
    }

    @Test
    void an_event_that_comes_while_the_same_is_told_is_told_again() {
        outbox.add(CHANGE);
        outbox.tell();
        outbox.add(CHANGE);
        outbox.informed();
        assertThat(outbox.tell()).containsExactly(CHANGE);
    }

    @Test
    void a_failed_inform_is_counted_and_its_events_are_told_again_but_for_the_connection_request() {
        outbox.add(CALLED);
        outbox.add(BOOT);
        outbox.tell();
        outbox.add(PERIODIC);
        outbox.failed();
        assertThat(outbox.retryCount()).isEqualTo(1);
        assertThat(outbox.tell()).containsExactly(BOOT, PERIODIC);
        outbox.failed();
        assertThat(outbox.retryCount()).isEqualTo(2);
        outbox.tell();
        outbox.informed();
        assertThat(outbox.retryCount()).isZero();
    }

    @Test
    void a_connection_request_that_came_during_a_failed_session_is_told_by_the_next() {
        outbox.add(BOOT);
        outbox.tell();
        outbox.add(CALLED);
        outbox.failed();
        assertThat(outbox.tell()).containsExactly(BOOT, CALLED);
    }

    @Test
    void a_bootstrap_voids_all_but_a_boot() {
        outbox.add(PERIODIC);
        outbox.add(BOOT);
        outbox.add(download("k"));
        outbox.add(event(StandardEvent.BOOTSTRAP));
        assertThat(outbox.tell()).containsExactly(BOOT, event(StandardEvent.BOOTSTRAP));
        assertThat(outbox.next()).isEmpty();
    }

    @Test
    void what_a_second_bootstrap_voids_is_not_kept_either() {
        outbox.add(event(StandardEvent.BOOTSTRAP));
        outbox.add(PERIODIC);
        outbox.add(download("k"));
        outbox.add(event(StandardEvent.BOOTSTRAP));
        assertThat(kept.getLast()).isEqualTo(new Contents(List.of(event(StandardEvent.BOOTSTRAP)), List.of(), 0));
    }

    @Test
    void reports_announce_themselves_until_they_are_settled_each_transfer_with_its_own_event() {
        outbox.add(download("a"));
        outbox.add(download("b"));
        assertThat(outbox.tell())
                .containsExactly(
                        TRANSFERRED,
                        new EventStruct(MethodEvent.DOWNLOAD, "a"),
                        new EventStruct(MethodEvent.DOWNLOAD, "b"));
        outbox.informed();
        outbox.settled(download("a"));
        assertThat(outbox.tell()).containsExactly(TRANSFERRED, new EventStruct(MethodEvent.DOWNLOAD, "b"));
        outbox.settled(download("b"));
        outbox.informed();
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void what_was_kept_is_told_after_the_program_was_started_anew_also_what_was_under_way() {
        outbox.add(BOOT);
        outbox.tell();
        outbox.add(download("a"));
        Outbox again = new Outbox(kept.getLast(), contents -> {});
        assertThat(again.tell()).containsExactly(BOOT, TRANSFERRED, new EventStruct(MethodEvent.DOWNLOAD, "a"));
    }

    @Test
    void a_restart_of_the_device_leaves_what_is_not_of_the_past() {
        outbox.add(event(StandardEvent.BOOTSTRAP));
        outbox.add(PERIODIC);
        outbox.add(new EventStruct(MethodEvent.REBOOT, "k"));
        outbox.add(new EventStruct(EventCode.of("X 00256D DANCE"), ""));
        outbox.add(download("a"));
        outbox.restarted();
        assertThat(outbox.tell())
                .containsExactly(
                        event(StandardEvent.BOOTSTRAP),
                        new EventStruct(MethodEvent.REBOOT, "k"),
                        TRANSFERRED,
                        new EventStruct(MethodEvent.DOWNLOAD, "a"));
    }

    @Test
    void what_is_too_much_is_not_taken_and_that_is_said() {
        for (int i = 0; i < Limits.PENDING; i++) {
            assertThat(outbox.add(new EventStruct(MethodEvent.REBOOT, "k" + i))).isTrue();
            assertThat(outbox.add(download("k" + i))).isTrue();
        }
        assertThat(outbox.add(PERIODIC)).isFalse();
        assertThat(outbox.add(download("k"))).isFalse();
        assertThat(outbox.add(new EventStruct(MethodEvent.REBOOT, "k0"))).isTrue();
        assertThat(outbox.tell()).hasSize(Limits.EVENTS);
    }

    @Test
    void a_heartbeat_is_alone_in_its_inform_and_waits_until_all_else_was_told() {
        EventStruct heartbeat = event(StandardEvent.HEARTBEAT);
        outbox.add(heartbeat);
        outbox.add(PERIODIC);
        assertThat(outbox.isQuiet()).isFalse();
        assertThat(outbox.tell()).containsExactly(PERIODIC);
        outbox.informed();
        assertThat(outbox.isQuiet()).isTrue();
        assertThat(outbox.tell()).containsExactly(heartbeat);
        outbox.informed();
        assertThat(outbox.isEmpty()).isTrue();
        outbox.add(download("a"));
        outbox.add(heartbeat);
        assertThat(outbox.tell()).doesNotContain(heartbeat);
        outbox.informed();
        outbox.settled(download("a"));
        assertThat(outbox.tell()).containsExactly(heartbeat);
    }

    @Test
    void a_heartbeat_that_nobody_hears_is_never_told_again_and_counts_as_no_attempt() {
        outbox.add(event(StandardEvent.HEARTBEAT));
        outbox.tell();
        outbox.failed();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.retryCount()).isZero();
    }

    @Test
    void a_report_that_nobody_waits_for_any_more_is_taken_back() {
        outbox.add(download("a"));
        outbox.add(download("b"));
        outbox.withdraw(download("a").request()::equals);
        assertThat(kept.getLast().reports()).containsExactly(download("b"));
    }

    @Test
    void changes_alone_are_known_as_that() {
        assertThat(outbox.hasOnlyChanges()).isFalse();
        outbox.add(event(StandardEvent.VALUE_CHANGE));
        assertThat(outbox.hasOnlyChanges()).isTrue();
        outbox.add(PERIODIC);
        assertThat(outbox.hasOnlyChanges()).isFalse();
    }
}
