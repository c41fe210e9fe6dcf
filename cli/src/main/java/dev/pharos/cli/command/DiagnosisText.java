// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What a device found, for people.
final class DiagnosisText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /// More rows than a device may tell of.
    private static final int ROWS = 1_000;

    private final JsonNode run;
    private final JsonNode outputs;
    private final List<String> lines = new ArrayList<>();

    private DiagnosisText(JsonNode run) {
        this.run = run;
        this.outputs = run.path("outputs");
    }

    /// One line of the history.
    static String line(JsonNode run) {
        DiagnosisText text = new DiagnosisText(run);
        return "%5d  %s  %-9s  %s"
                .formatted(
                        run.path("id").asLong(),
                        Terminal.dim(TIME.format(Instant.parse(run.path("begun").asString("1970-01-01T00:00:00Z")))),
                        run.path("kind").asString(""),
                        text.subject() + "  "
                                + (isBad(run) ? Terminal.red(text.verdict()) : Terminal.green(text.verdict())));
    }

    static List<String> of(JsonNode run) {
        DiagnosisText text = new DiagnosisText(run);
        text.write();
        return text.lines;
    }

    /// Whether it found nothing good.
    static boolean isBad(JsonNode run) {
        String state = run.path("state").asString("");
        return state.equals("complete")
                ? !run.path("outputs").path("Status").asString("").equals("Complete") || nobodyAnswered(run)
                : !state.equals("running");
    }

    private static boolean nobodyAnswered(JsonNode run) {
        return run.path("outputs").path("SuccessCount").asString("").equals("0");
    }

    private String verdict() {
        String state = run.path("state").asString("");
        return state.equals("complete") && !isBad(run) ? summary() : state.equals("complete") ? why() : standing();
    }

    /// Of one that has found nothing.
    private String standing() {
        String waits = AwaitedSession.words(run, InstantSource.system());
        String state = run.path("state").asString("");
        return waits.isEmpty() ? state + (fault().isEmpty() ? "" : ": " + fault()) : waits;
    }

    private String why() {
        if (!nobodyAnswered(run)) {
            return value("Status");
        }
        return outputs.has("Result.1.Status") ? value("Result.1.Status") : "no answer";
    }

    private String fault() {
        return Terminal.safe(run.path("fault").asString(""));
    }

    /// The best of it in some words.
    private String summary() {
        return switch (run.path("kind").asString("")) {
            case "ping" -> value("SuccessCount") + " answers, " + millis("AverageResponseTimeDetailed") + " ms";
            case "trace" ->
                rows("RouteHops", "HostAddress") + (rows("RouteHops", "HostAddress") == 1 ? " hop" : " hops");
            case "lookup" -> value("Result.1.IPAddresses");
            case "download", "upload" -> rate();
            case "udp-echo" -> value("SuccessCount") + " answers, " + millis("AverageResponseTime") + " ms";
            case "servers" -> value("FastestHost");
            case "capture" -> packets();
            default -> value("Status");
        };
    }

    private void write() {
        String state = run.path("state").asString("");
        if (!state.equals("complete")) {
            lines.add(subject() + ": " + standing()
                    + (state.equals("running") ? ", number " + run.path("id").asLong() + " of the history" : ""));
            return;
        }
        String status = value("Status");
        switch (run.path("kind").asString("")) {
            case "ping", "udp-echo" -> echoes();
            case "download", "upload" -> transfer();
            case "servers" -> fastest();
            case "trace" -> trace();
            case "lookup" -> lookup();
            case "capture" -> capture();
            default ->
                outputs.properties()
                        .forEach(each -> lines.add("  " + Terminal.safe(each.getKey()) + "="
                                + Terminal.safe(each.getValue().asString(""))));
        }
        if (!status.equals("Complete")) {
            lines.add(Terminal.red(subject() + ": " + status));
        }
    }

    private void echoes() {
        boolean ping = run.path("kind").asString("").equals("ping");
        String suffix = ping ? "Detailed" : "";
        if (value("SuccessCount").isEmpty()) {
            return;
        }
        long good = number("SuccessCount");
        long all = good + number("FailureCount");
        lines.add("--- " + subject() + " (" + value("IPAddressUsed") + ") "
                + run.path("kind").asString("") + " statistics ---");
        lines.add(all + " packets transmitted, " + good + " received, " + (all == 0 ? 0 : (all - good) * 100 / all)
                + "% packet loss");
        if (good > 0) {
            lines.add("rtt min/avg/max = " + millis("MinimumResponseTime" + suffix) + "/"
                    + millis("AverageResponseTime" + suffix) + "/" + millis("MaximumResponseTime" + suffix) + " ms");
        }
    }

    private void fastest() {
        if (!value("FastestHost").isEmpty()) {
            lines.add("fastest: " + value("FastestHost") + " (" + value("IPAddressUsed") + "), min/avg/max = "
                    + millis("MinimumResponseTime") + "/" + millis("AverageResponseTime") + "/"
                    + millis("MaximumResponseTime") + " ms");
        }
    }

    private void transfer() {
        if (value("BOMTime").isEmpty()) {
            return;
        }
        lines.add(run.path("kind").asString("") + " of " + bytes(tested("")) + " in " + seconds("BOMTime", "EOMTime")
                + " s: " + rate());
        for (int row = 1; row <= rows("IncrementalResult", "StartTime"); row++) {
            String prefix = "IncrementalResult." + row + ".";
            lines.add("  " + "%3d".formatted(row) + "  "
                    + rate(tested(prefix), nanos(prefix + "StartTime", prefix + "EndTime")));
        }
    }

    /// Bytes of the file, not of headers.
    private long tested(String prefix) {
        return Math.max(number(prefix + "TestBytesReceived"), number(prefix + "TestBytesSent"));
    }

    private String rate() {
        return rate(tested(""), nanos("BOMTime", "EOMTime"));
    }

    private static String rate(long bytes, long nanos) {
        return nanos <= 0 ? "too short to tell" : String.format(Locale.ROOT, "%.1f Mbit/s", bytes * 8_000.0 / nanos);
    }

    private static String bytes(long bytes) {
        return bytes < 1_000_000 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }

    private String seconds(String from, String to) {
        return String.format(Locale.ROOT, "%.3f", nanos(from, to) / 1e9);
    }

    /// Between two times of the device; 0 where it does not say.
    private long nanos(String from, String to) {
        try {
            return Math.max(
                    0,
                    ChronoUnit.NANOS.between(
                            Instant.parse(outputs.path(from).asString("")),
                            Instant.parse(outputs.path(to).asString(""))));
        } catch (DateTimeException | ArithmeticException odd) {
            return 0;
        }
    }

    private void trace() {
        lines.add("trace to " + subject() + " (" + value("IPAddressUsed") + ")");
        for (int hop = 1; hop <= rows("RouteHops", "HostAddress"); hop++) {
            String prefix = "RouteHops." + hop + ".";
            String address = value(prefix + "HostAddress");
            StringBuilder line = new StringBuilder("%2d  %s".formatted(hop, address.isEmpty() ? "*" : address));
            for (String time : value(prefix + "RTTimes").split(",")) {
                line.append(time.equals("0") ? "  *" : "  " + time + " ms");
            }
            if (!value(prefix + "ErrorCode").equals("0")) {
                line.append("  ICMP code ").append(value(prefix + "ErrorCode"));
            }
            lines.add(line.toString());
        }
    }

    private String packets() {
        long count = number("PacketCaptureResult.1.Count");
        return count == 1 ? "1 packet" : count + " packets";
    }

    private void capture() {
        String from = "PacketCaptureResult.1.StartTime";
        if (!value(from).isEmpty()) {
            String file = run.path("file").isIntegralNumber()
                    ? ", kept as file " + run.path("file").asLong() + " (pharos files "
                            + Terminal.safe(run.path("device").asString("")) + " get "
                            + run.path("file").asLong() + ")"
                    : "";
            lines.add(packets() + " in " + seconds(from, "PacketCaptureResult.1.EndTime") + " s" + file);
        }
    }

    private void lookup() {
        for (int number = 1; number <= rows("Result", "Status"); number++) {
            String prefix = "Result." + number + ".";
            boolean found = value(prefix + "Status").equals("Success");
            lines.add(
                    found
                            ? value(prefix + "HostNameReturned") + "  "
                                    + value(prefix + "IPAddresses").replace(",", "  ") + "  ("
                                    + value(prefix + "AnswerType") + " answer of " + value(prefix + "DNSServerIP")
                                    + " in " + value(prefix + "ResponseTime") + " ms)"
                            : Terminal.red(subject() + ": " + value(prefix + "Status")));
        }
    }

    /// Whom it is about.
    private String subject() {
        JsonNode inputs = run.path("inputs");
        for (String name : List.of("Host", "HostName", "DownloadURL", "UploadURL", "HostList")) {
            if (inputs.has(name)) {
                return Terminal.safe(inputs.path(name).asString("").replaceFirst("\\?.*", ""));
            }
        }
        return inputs.path("FilterExpression")
                .asString(run.path("kind").asString("").equals("capture") ? "all packets" : "");
    }

    private int rows(String table, String parameter) {
        int rows = 0;
        while (rows < ROWS && outputs.has(table + "." + (rows + 1) + "." + parameter)) {
            rows++;
        }
        return rows;
    }

    private String value(String name) {
        return Terminal.safe(outputs.path(name).asString(""));
    }

    private long number(String name) {
        String text = outputs.path(name).asString("");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /// Microseconds as milliseconds.
    private String millis(String name) {
        return BigDecimal.valueOf(number(name), 3).toPlainString();
    }
}
