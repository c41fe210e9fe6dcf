// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Jobs as a person reads them.
final class JobText {
    private static final int BAR = 30;
    private static final List<String> OTHERS =
            List.of("failed", "uncertain", "offline", "running", "waiting", "cancelled");

    private JobText() {}

    /// `[==========          ] 412 of 1204 done, 3 failed, 20 offline`
    static String bar(JsonNode job) {
        long all = count(job, "devices");
        long settled = count(job, "done") + count(job, "failed") + count(job, "cancelled") + count(job, "uncertain");
        int full = all == 0 ? 0 : (int) (BAR * settled / all);
        return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] " + counts(job);
    }

    static String counts(JsonNode job) {
        long all = count(job, "devices");
        if (job.path("started").isMissingNode()) {
            return "not started";
        }
        StringBuilder text = new StringBuilder();
        text.append(count(job, "done")).append(" of ").append(all).append(" done");
        for (String state : OTHERS) {
            long many = count(job, state);
            if (many > 0) {
                text.append(", ").append(many).append(' ').append(state);
            }
        }
        return text.toString();
    }

    static long count(JsonNode job, String state) {
        return job.path("progress").path(state).asLong(0);
    }

    static boolean ended(JsonNode job) {
        return !job.path("ended").isMissingNode();
    }

    static void table(JsonNode page, PrintWriter out) {
        List<JsonNode> jobs = page.path("items").valueStream().toList();
        for (JsonNode job : jobs) {
            String state = job.path("state").asString("");
            out.println(String.format("%5d  %-9s  ", job.path("id").asLong(), state)
                    + Terminal.safe(job.path("name").asString(""))
                    + Terminal.dim("  (" + counts(job) + ")"));
        }
        if (jobs.isEmpty()) {
            out.println("(none; make one: pharos jobs create --query tag:pilot get Device.DeviceInfo.SoftwareVersion)");
        }
    }

    static void whole(JsonNode job, PrintWriter out) {
        line(out, "job", job.path("id").asString("") + "  " + job.path("name").asString(""));
        String note = job.path("note").asString("");
        line(out, "state", job.path("state").asString("") + (note.isEmpty() ? "" : ", " + note));
        line(out, "progress", bar(job));
        line(
                out,
                "devices",
                job.has("named")
                        ? job.path("named").asString("") + " that were named"
                        : job.has("campaign")
                                ? "those of campaign " + job.path("campaign").asString("")
                                : !job.has("query")
                                        ? "those that another job changed"
                                        : job.path("query").asString("").isEmpty()
                                                ? "all"
                                                : job.path("query").asString(""));
        int number = 1;
        for (JsonNode step : job.path("steps")) {
            line(out, "step " + number++, step.asString(""));
        }
        line(out, "pace", pace(job));
        line(
                out,
                "from",
                job.path("startAt").asString("") + " until "
                        + job.path("deadline").asString(""));
        if (job.has("window")) {
            line(out, "window", window(job.path("window")));
        }
        line(
                out,
                "created",
                job.path("created").asString("") + " by "
                        + job.path("createdBy").asString(""));
        if (ended(job)) {
            line(out, "ended", job.path("ended").asString(""));
        }
    }

    private static String pace(JsonNode job) {
        List<String> words = new ArrayList<>();
        words.add(job.path("concurrency").asString("") + " at once");
        if (job.has("perMinute")) {
            words.add(job.path("perMinute").asString("") + " a minute");
        }
        words.add(job.path("retries").asString("") + " retries");
        return String.join(", ", words);
    }

    private static String window(JsonNode window) {
        List<String> days = new ArrayList<>();
        window.path("days").forEach(day -> days.add(day.asString("")));
        return window.path("from").asString("") + "-" + window.path("to").asString("")
                + (days.size() == 7 ? "" : " on " + String.join(", ", days))
                + " by each device's clock"
                + (window.has("zone") ? ", else " + window.path("zone").asString("") : "");
    }

    private static void line(PrintWriter out, String what, String value) {
        out.println(String.format("%-9s ", what) + Terminal.safe(value));
    }
}
