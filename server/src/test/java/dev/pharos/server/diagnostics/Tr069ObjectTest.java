// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.twin.Twins;
import dev.pharos.server.diagnostics.Diagnostics.Question;
import dev.pharos.server.store.DiagnosticStore.End;
import dev.pharos.server.store.DiagnosticStore.State;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is written to the diagnostics of a device of TR-069, and what their states mean.
class Tr069ObjectTest {
    private static final EndpointId DEVICE = EndpointId.of("os::00256D-1");
    private static final String PING = "Device.IP.Diagnostics.IPPing.";
    private static final String TRACE = "Device.IP.Diagnostics.TraceRoute.";

    private final ManualClock clock = ManualClock.standing();
    private final TwinStore twins = InMemoryStores.create().twins();

    private Tr069Object object(DiagnosticKind kind) {
        return new Tr069Object(DEVICE, kind, twins);
    }

    private void shows(String object, String... namesAndValues) {
        Twins maker = new Twins(twins, clock);
        List<TwinValue> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(maker.value(object + namesAndValues[i], namesAndValues[i + 1], TwinValue.Source.GET));
        }
        twins.put(DEVICE, values);
    }

    private static Question question(DiagnosticKind kind, String target, Map<String, String> arguments) {
        return new Question(kind, target, arguments);
    }

    private Map<String, String> written(String target, Map<String, String> arguments) throws CannotMeasureException {
        return object(DiagnosticKind.PING).written(question(DiagnosticKind.PING, target, arguments), target);
    }

    @Test
    void what_is_usual_is_written_as_far_as_the_device_has_it_and_what_others_left_is_put_back() throws Exception {
        shows(PING, "DiagnosticsState", "None", "Host", "", "Timeout", "1", "DSCP", "46", "Interface", "Device.A.1");
        assertThat(written("192.0.2.1", Map.of()))
                .isEqualTo(Map.of("Host", "192.0.2.1", "Timeout", "1000", "DSCP", "0", "Interface", ""));
        assertThat(written("192.0.2.1", Map.of("DSCP", "10"))).containsEntry("DSCP", "10");
        shows(PING, "DSCP", "0", "Interface", "");
        assertThat(written("192.0.2.1", Map.of())).isEqualTo(Map.of("Host", "192.0.2.1", "Timeout", "1000"));
    }

    @Test
    void what_the_device_does_not_have_is_refused_in_a_sentence() {
        assertThatThrownBy(() -> written("192.0.2.1", Map.of()))
                .isInstanceOf(CannotMeasureException.class)
                .hasMessageContaining("shows no " + PING + "DiagnosticsState");
        shows(PING, "DiagnosticsState", "None", "Host", "");
        assertThatThrownBy(() -> written("192.0.2.1", Map.of("ProtocolVersion", "IPv6")))
                .hasMessageContaining("has no ProtocolVersion");
        shows("Device.IP.Diagnostics.DownloadDiagnostics.", "DiagnosticsState", "None", "DownloadURL", "");
        Question whole = question(DiagnosticKind.DOWNLOAD, "", Map.of());
        assertThatThrownBy(() -> object(DiagnosticKind.DOWNLOAD).written(whole, "http://192.0.2.9/test"))
                .hasMessageContaining("whole files alone");
    }

    @Test
    void a_file_that_somebody_names_is_measured_by_a_device_that_knows_no_time() throws Exception {
        shows("Device.IP.Diagnostics.DownloadDiagnostics.", "DiagnosticsState", "None", "DownloadURL", "");
        String url = "http://192.0.2.9/file";
        assertThat(object(DiagnosticKind.DOWNLOAD).written(question(DiagnosticKind.DOWNLOAD, url, Map.of()), url))
                .isEqualTo(Map.of("DownloadURL", url));
    }

    @Test
    void rows_of_a_run_before_are_not_taken_for_those_of_this_one() {
        shows(TRACE, "DiagnosticsState", "Complete", "RouteHops.1.Host", "old", "RouteHops.2.Host", "old");
        Errand order = object(DiagnosticKind.TRACE).order(Map.of("Host", "192.0.2.1"));
        assertThat(order)
                .isEqualTo(new Errand.SetValues(
                        Map.of(TRACE + "Host", "192.0.2.1", TRACE + "DiagnosticsState", "Requested")));
        shows(TRACE, "DiagnosticsState", "Complete", "Host", "192.0.2.1", "RouteHopsNumberOfEntries", "1");
        shows(TRACE, "RouteHops.1.Host", "new", "ResponseTime", "3");
        End end = object(DiagnosticKind.TRACE).end(clock.instant()).orElseThrow();
        assertThat(end.state()).isEqualTo(State.COMPLETE);
        assertThat(end.outputs())
                .isEqualTo(Map.of("Status", "Complete", "RouteHops.1.Host", "new", "ResponseTime", "3"));
    }

    @Test
    void a_state_means_what_it_means_over_usp() {
        shows(PING, "DiagnosticsState", "Requested", "SuccessCount", "4");
        assertThat(object(DiagnosticKind.PING).end(clock.instant())).isEmpty();
        shows(PING, "DiagnosticsState", "Completed");
        assertThat(object(DiagnosticKind.PING)
                        .end(clock.instant())
                        .orElseThrow()
                        .outputs())
                .isEqualTo(Map.of("Status", "Complete", "SuccessCount", "4"));
        shows(PING, "DiagnosticsState", "Error_NoRouteToHost");
        End error = object(DiagnosticKind.PING).end(clock.instant()).orElseThrow();
        assertThat(error.state()).isEqualTo(State.COMPLETE);
        assertThat(error.outputs())
                .as("counts may be those of a run before")
                .isEqualTo(Map.of("Status", "Error_NoRouteToHost"));
        for (String forgotten : List.of("None", "Canceled", "")) {
            shows(PING, "DiagnosticsState", forgotten);
            assertThat(object(DiagnosticKind.PING)
                            .end(clock.instant())
                            .orElseThrow()
                            .state())
                    .as(forgotten)
                    .isEqualTo(State.FAILED);
        }
    }
}
