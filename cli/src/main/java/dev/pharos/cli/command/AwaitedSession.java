// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What was asked of a device that is managed over TR-069 and waits for its next session, for people.
final class AwaitedSession {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private String said = "";

    /// How it stands with what was asked, and why: `waits for its next session (expected 2026-11-27 16:02)`.
    ///
    /// @param asked a diagnostic, or a request for a file
    /// @return empty where nothing waits
    static String words(JsonNode asked, InstantSource clock) {
        if (!asked.has("awaitedSession")) {
            return "";
        }
        Instant expected = Instant.parse(asked.path("awaitedSession").asString(""));
        String when = (expected.isAfter(clock.instant()) ? "expected " : "was expected ") + TIME.format(expected);
        return "waits for its next session (" + when + ")" + because(asked);
    }

    private static String because(JsonNode asked) {
        String why = Terminal.safe(asked.path("fault").asString(""));
        return why.isEmpty() ? "" : ": " + why;
    }

    /// Tells who waits for it, once as long as nothing changes.
    void tell(JsonNode asked, PrintWriter to) {
        String waits = words(asked, InstantSource.system());
        String now = waits.isEmpty() ? because(asked).replaceFirst("^: ", "") : "the device " + waits;
        if (!now.isEmpty() && !now.equals(said)) {
            to.println(now + " (Ctrl-C ends the waiting)");
            to.flush();
        }
        said = now;
    }
}
