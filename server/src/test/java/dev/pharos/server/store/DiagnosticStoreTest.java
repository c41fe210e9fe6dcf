// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.server.store.DiagnosticStore.End;
import dev.pharos.server.store.DiagnosticStore.State;
import dev.pharos.server.store.DiagnosticStore.StoredDiagnostic;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Diagnostics, kept in a real PostgreSQL.
final class DiagnosticStoreTest {
    private static final EndpointId ONE = EndpointId.of("os::00256D-one");
    private static final EndpointId TWO = EndpointId.of("os::00256D-two");
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00.123456Z");

    private final DiagnosticStore store = new DiagnosticStore(TestDatabase.database());

    @BeforeEach
    void two_devices() {
        TestDatabase.database().with(handle -> handle.execute("delete from devices"));
        PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
        devices.create(DeviceRecord.unseen(ONE, true, false, NOW));
        devices.create(DeviceRecord.unseen(TWO, true, false, NOW));
    }

    private static StoredDiagnostic fresh(EndpointId device, String key) {
        Map<String, String> inputs = Map.of("Host", "odd é \\ \u0000 '");
        return new StoredDiagnostic(
                0,
                device,
                "ping",
                key,
                State.RUNNING,
                NOW,
                "anna",
                Optional.empty(),
                "",
                inputs,
                Map.of(),
                "",
                Optional.empty());
    }

    @Test
    void one_is_kept_from_its_begin_to_its_end_and_ends_once() {
        long id = store.begin(fresh(ONE, "k1"), 5, 5).orElseThrow();
        store.accepted("k1", "Device.LocalAgent.Request.3");
        StoredDiagnostic running = store.find(ONE, id).orElseThrow();
        assertThat(running.state()).isEqualTo(State.RUNNING);
        assertThat(running.request()).isEqualTo("Device.LocalAgent.Request.3");
        assertThat(running.inputs()).isEqualTo(Map.of("Host", "odd é \\ \ufffd '"));
        assertThat(store.running(10)).containsExactly(running);
        assertThat(store.find(TWO, id)).isEmpty();

        End end = new End(State.COMPLETE, NOW.plusSeconds(1), Map.of("Status", "Complete"), "");
        assertThat(store.end(TWO, "k1", end)).as("by another device").isFalse();
        assertThat(store.end(ONE, "k1", end)).isTrue();
        assertThat(store.end(ONE, "k1", new End(State.LOST, NOW, Map.of(), "late")))
                .isFalse();
        StoredDiagnostic ended = store.find(ONE, id).orElseThrow();
        assertThat(ended.state()).isEqualTo(State.COMPLETE);
        assertThat(ended.ended()).contains(NOW.plusSeconds(1));
        assertThat(ended.outputs()).containsOnly(Map.entry("Status", "Complete"));
        assertThat(store.running(10)).isEmpty();
    }

    @Test
    void a_result_that_was_given_up_still_counts_when_it_comes() {
        long id = store.begin(fresh(ONE, "late"), 5, 5).orElseThrow();
        assertThat(store.end(ONE, "late", new End(State.LOST, NOW, Map.of(), "nothing came")))
                .isTrue();
        assertThat(store.end(ONE, "late", new End(State.COMPLETE, NOW, Map.of("Status", "Complete"), "")))
                .isTrue();
        assertThat(store.find(ONE, id).orElseThrow().fault()).isEmpty();
    }

    @Test
    void as_many_run_as_may_and_of_what_ended_the_last_ones_stay() {
        for (int i = 0; i < 3; i++) {
            assertThat(store.begin(fresh(ONE, "run" + i), 3, 2)).isPresent();
        }
        assertThat(store.begin(fresh(ONE, "one more"), 3, 2)).isEmpty();
        assertThat(store.begin(fresh(TWO, "of another"), 3, 2)).isPresent();
        assertThat(store.newest(ONE, 10)).as("what runs is not forgotten").hasSize(3);

        for (int i = 0; i < 3; i++) {
            store.end(ONE, "run" + i, new End(State.FAILED, NOW, Map.of(), "7022 no"));
        }
        assertThat(store.begin(fresh(ONE, "next"), 3, 2)).isPresent();
        assertThat(store.newest(ONE, 10)).extracting(StoredDiagnostic::key).containsExactly("next", "run2");
        assertThat(store.newest(TWO, 10)).hasSize(1);
        assertThat(store.begin(fresh(EndpointId.of("os::00256D-nobody"), "x"), 3, 2))
                .isEmpty();
    }

    @Test
    void what_the_device_told_is_found_in_the_history() {
        long id = store.begin(fresh(ONE, "told"), 5, 5).orElseThrow();
        StoredDiagnostic run = store.find(ONE, id).orElseThrow();
        assertThat(store.told(run)).isEmpty();

        PostgresEventStore events = new PostgresEventStore(TestDatabase.database());
        for (EndpointId device : List.of(TWO, ONE)) {
            Map<String, String> arguments = Map.of("Status", "Complete", "commandKey", "told", "of", device.toString());
            events.append(List.of(new NewEvent(
                    new DeviceEvent(
                            NOW.plusSeconds(5),
                            Optional.of(device),
                            EventKind.OPERATION_COMPLETE,
                            "Device.IP.Diagnostics.",
                            "IPPing()",
                            "success",
                            arguments,
                            "s",
                            "done"),
                    "")));
        }

        CommandEnds.End told = store.told(run).orElseThrow();
        assertThat(told.outcome()).isEqualTo("success");
        assertThat(told.time()).isEqualTo(NOW.plusSeconds(5));
        assertThat(told.arguments()).containsEntry("of", ONE.toString());
    }
}
