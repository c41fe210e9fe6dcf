// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.store.FileJournal;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Diagnostics by a state that is written, of a device whose commands find what each test says.
class StateDiagnosticsTest {
    private static final String PING = "Device.IP.Diagnostics.IPPing.";
    private static final String TRACE = "Device.IP.Diagnostics.TraceRoute.";

    @TempDir
    Path folder;

    private final BlockingQueue<CommandCall> calls = new LinkedBlockingQueue<>();
    private final BlockingQueue<Map<String, String>> found = new LinkedBlockingQueue<>();
    private final AtomicInteger stopped = new AtomicInteger();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicInteger told = new AtomicInteger();
    private volatile boolean inSession;

    @SuppressWarnings("NullAway.Init") // set before each test
    private StateDiagnostics diagnostics;

    @SuppressWarnings("NullAway.Init") // set before each test
    private InstantiatedDataModel model;

    /// Has the commands of the gateway model.
    private final class Device implements ServiceElement {
        @Override
        public SupportedDataModel supported() {
            return GatewayModel.load()
                    .restrictedTo((object, element) -> object.contains(".Diagnostics.") && element.endsWith("()"));
        }

        @Override
        public void start(DeviceContext context) {}

        @Override
        public Map<String, String> operate(CommandCall call) throws InterruptedException {
            calls.add(call);
            Map<String, String> outputs;
            try {
                outputs = found.take();
            } catch (InterruptedException cancelled) {
                stopped.incrementAndGet();
                throw cancelled;
            }
            if (outputs.isEmpty()) {
                throw new UspException(StandardErrorCode.COMMAND_FAILURE, "this host has no ping");
            }
            return outputs;
        }
    }

    private final class Acs implements StateDiagnostics.Contact {
        @Override
        public boolean isInSession() {
            return inSession;
        }

        @Override
        public void diagnosed() {
            told.incrementAndGet();
        }

        @Override
        public void say(String text) {
            said.add(text);
        }
    }

    @BeforeEach
    void the_device_starts() throws IOException {
        diagnostics = new StateDiagnostics(folder);
        model = InstantiatedDataModel.start(
                List.of(diagnostics, new Device()), FileJournal.open(folder.resolve("datamodel.journal")));
        diagnostics.begin(model, new Acs());
    }

    @AfterEach
    void it_stops() {
        model.close();
    }

    private void restart() throws IOException {
        it_stops();
        the_device_starts();
    }

    private void write(String object, String... namesAndValues) {
        model.write(Origin.MANAGEMENT, transaction -> {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                transaction.set(object + namesAndValues[i], namesAndValues[i + 1]);
            }
            return object;
        });
    }

    private String value(String path) {
        return model.snapshot().value(path).orElse("nothing");
    }

    private CommandCall called() throws InterruptedException {
        CommandCall call = calls.poll(10, TimeUnit.SECONDS);
        assertThat(call).as("a command that runs").isNotNull();
        return call;
    }

    private void isTold(int times) {
        await().until(() -> told.get() == times);
    }

    @Test
    void what_is_requested_begins_after_the_session_and_what_it_finds_stands_there() throws Exception {
        assertThat(value(PING + "DiagnosticsState")).isEqualTo("None");
        inSession = true;
        write(PING, "Host", "192.0.2.1", "NumberOfRepetitions", "2", "DiagnosticsState", "Requested");
        assertThat(calls.poll(200, TimeUnit.MILLISECONDS))
                .as("within the session")
                .isNull();

        inSession = false;
        diagnostics.go();
        CommandCall call = called();
        assertThat(call.command().name()).isEqualTo("IPPing()");
        assertThat(call.inputs())
                .containsEntry("Host", "192.0.2.1")
                .containsEntry("NumberOfRepetitions", "2")
                .containsEntry("Timeout", "5000")
                .containsEntry("ProtocolVersion", "Any")
                .doesNotContainKey("Interface");
        assertThat(value(PING + "DiagnosticsState")).isEqualTo("Requested");

        found.add(Map.of("Status", "Complete", "SuccessCount", "2", "AverageResponseTime", "7"));
        isTold(1);
        assertThat(value(PING + "DiagnosticsState")).isEqualTo("Complete");
        assertThat(value(PING + "SuccessCount")).isEqualTo("2");
        assertThat(value(PING + "AverageResponseTime")).isEqualTo("7");

        write(PING, "Host", "192.0.2.2");
        assertThat(value(PING + "DiagnosticsState")).as("of another host").isEqualTo("None");
    }

    @Test
    void rows_are_those_of_the_last_run_alone() throws Exception {
        write(TRACE, "Host", "192.0.2.1", "DiagnosticsState", "Requested");
        assertThat(called().inputs()).containsEntry("MaxHopCount", "30");
        found.add(Map.of(
                "Status", "Complete", "RouteHops.1.Host", "a", "RouteHops.2.Host", "b", "RouteHops.2.RTTimes", "1,2"));
        isTold(1);
        assertThat(value(TRACE + "RouteHopsNumberOfEntries")).isEqualTo("2");
        assertThat(value(TRACE + "RouteHops.2.RTTimes")).isEqualTo("1,2");

        write(TRACE, "DiagnosticsState", "Requested");
        called();
        found.add(Map.of("Status", "Error_MaxHopCountExceeded", "RouteHops.1.Host", "c"));
        isTold(2);
        assertThat(value(TRACE + "DiagnosticsState")).isEqualTo("Error_MaxHopCountExceeded");
        assertThat(value(TRACE + "RouteHopsNumberOfEntries")).isEqualTo("1");
        assertThat(value(TRACE + "RouteHops.1.Host")).isEqualTo("c");
    }

    @Test
    void one_that_is_cancelled_ends_at_once_and_tells_nothing() throws Exception {
        write(PING, "Host", "192.0.2.1", "DiagnosticsState", "Requested");
        called();
        write(PING, "DiagnosticsState", "Canceled");
        assertThat(value(PING + "DiagnosticsState")).isEqualTo("None");
        await().until(() -> stopped.get() == 1);
        assertThat(told).hasValue(0);
    }

    @Test
    void what_is_written_while_one_runs_has_it_begin_anew() throws Exception {
        write(PING, "Host", "192.0.2.1", "DiagnosticsState", "Requested");
        called();
        write(PING, "Host", "192.0.2.2");
        assertThat(called().inputs()).containsEntry("Host", "192.0.2.2");
        await().until(() -> stopped.get() == 1);
        found.add(Map.of("Status", "Complete", "SuccessCount", "1"));
        isTold(1);
    }

    @Test
    void nothing_but_requested_and_canceled_is_written() {
        for (String state : List.of("Complete", "Error_Other", "requested", "")) {
            assertThatThrownBy(() -> write(PING, "DiagnosticsState", state))
                    .as(state)
                    .isInstanceOf(UspException.class);
        }
        assertThatThrownBy(() -> write(PING, "DSCP", "64")).isInstanceOf(UspException.class);
        assertThatThrownBy(() -> write(PING, "SuccessCount", "5")).isInstanceOf(UspException.class);
        assertThat(calls).isEmpty();
    }

    @Test
    void a_device_that_cannot_measure_it_says_so_and_is_complete() throws Exception {
        write(PING, "Host", "192.0.2.1", "DiagnosticsState", "Requested");
        called();
        found.add(Map.of());
        isTold(1);
        assertThat(value(PING + "DiagnosticsState")).isEqualTo("Error_Other");
        assertThat(said).singleElement().asString().contains("IPPing()", "this host has no ping");
    }

    @Test
    void what_was_found_is_there_after_a_restart_and_what_ran_is_forgotten() throws Exception {
        write(PING, "Host", "192.0.2.1", "DiagnosticsState", "Requested");
        called();
        found.add(Map.of("Status", "Complete", "SuccessCount", "3"));
        isTold(1);
        write(TRACE, "Host", "192.0.2.1", "DiagnosticsState", "Requested");
        called();

        restart();

        assertThat(value(PING + "DiagnosticsState")).isEqualTo("Complete");
        assertThat(value(PING + "SuccessCount")).isEqualTo("3");
        assertThat(value(TRACE + "DiagnosticsState")).isEqualTo("None");
        assertThat(value(TRACE + "Host")).isEqualTo("192.0.2.1");
        assertThat(calls).isEmpty();
    }
}
