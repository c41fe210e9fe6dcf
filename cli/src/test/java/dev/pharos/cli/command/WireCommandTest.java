// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cli.rest.Json;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.node.ObjectNode;

/// What of the wire is printed, and how.
class WireCommandTest {
    private static ObjectNode inform() {
        return Json.object()
                .put("time", "2026-11-27T12:00:00Z")
                .put("kind", "envelope")
                .put("device", "os::00256D-1")
                .put("direction", "in")
                .put("transport", "cwmp")
                .put("address", "192.0.2.7:50312")
                .put("session", "17")
                .put("bytes", 1234)
                .put("message", "Inform")
                .put("summary", "Inform 2 PERIODIC")
                .putNull("refused");
    }

    private static boolean wanted(ObjectNode entry, String... options) {
        WireCommand command = new WireCommand();
        new CommandLine(command).parseArgs(options);
        return command.wanted(entry);
    }

    @Test
    void messages_of_tr_069_are_chosen_by_transport_and_method() {
        assertThat(wanted(inform(), "--transport", "CWMP", "--message", "inform"))
                .isTrue();
        assertThat(wanted(inform(), "--transport", "mqtt")).isFalse();
        assertThat(wanted(inform(), "--message", "Fault")).isFalse();
        assertThat(wanted(inform(), "--refused")).isFalse();
        assertThat(wanted(inform().put("refused", "fault 8001, no"), "--refused", "--direction", "IN"))
                .isTrue();
        assertThat(wanted(inform().put("transport", "websocket"))).isTrue();
    }

    @Test
    void a_line_says_in_which_session_it_passed_and_a_refused_one_why_first() {
        assertThat(WireLine.of(inform())).contains("os::00256D-1", "cwmp 17", "Inform 2 PERIODIC", "1234 B");
        assertThat(WireLine.of(inform().put("refused", "fault 8001, not approved")))
                .contains("refused: fault 8001, not approved")
                .contains("(Inform 2 PERIODIC)");
        assertThat(WireLine.of(inform().put("session", ""))).contains("  cwmp  ");
    }
}
