// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a parameter was, as a person reads it.
final class SeriesText {
    private static final int COLUMNS = 60;
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    /// Values that are no numbers are listed, the newest of them.
    private static final int LISTED = 20;

    /// As the server has it.
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}(\\.[0-9]{1,18})?");

    private SeriesText() {}

    static String kept(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("items")
                .forEach(each -> lines.add(Terminal.safe(each.path("path").asString(""))
                        + Terminal.dim("  since " + each.path("added").asString("") + ", "
                                + Terminal.safe(each.path("addedBy").asString("")))));
        return lines.isEmpty()
                ? "(nothing; keep something: pharos series keep 'Device.WiFi.Radio.*.Channel')"
                : String.join("\n", lines);
    }

    /// A line of columns over the span, and what the numbers are at most, at least and at last.
    static String picture(JsonNode series) {
        List<Point> points = points(series);
        if (points.isEmpty()) {
            return nothing(series);
        }
        if (points.stream().anyMatch(point -> point.number().isEmpty())) {
            return table(series);
        }
        double low = points.stream().mapToDouble(Point::low).min().orElse(0);
        double high = points.stream().mapToDouble(Point::high).max().orElse(0);
        double sum = points.stream()
                .mapToDouble(point -> point.mean() * point.count())
                .sum();
        long count = points.stream().mapToLong(Point::count).sum();
        Point last = points.getLast();
        return columns(series, points, low, high) + "\n" + Terminal.dim(ends(series)) + "\n"
                + "low " + number(low) + "  mean " + number(sum / count) + "  high " + number(high) + "  last "
                + number(last.mean()) + "  "
                + Terminal.dim("(" + count + (count == 1 ? " value" : " values") + step(series) + older(series) + ")");
    }

    private static String columns(JsonNode series, List<Point> points, double low, double high) {
        Instant from = Instant.parse(series.path("from").asString(""));
        Duration span = Duration.between(from, Instant.parse(series.path("to").asString("")));
        double[] sums = new double[COLUMNS];
        int[] counts = new int[COLUMNS];
        for (Point point : points) {
            // the first step may begin before the span
            long column = Duration.between(from, point.time()).toMillis() * COLUMNS / Math.max(1, span.toMillis());
            int at = Math.clamp(column, 0, COLUMNS - 1);
            sums[at] += point.mean();
            counts[at]++;
        }
        StringBuilder line = new StringBuilder(COLUMNS);
        for (int i = 0; i < COLUMNS; i++) {
            line.append(counts[i] == 0 ? ' ' : level(sums[i] / counts[i], low, high));
        }
        return line.toString().stripTrailing();
    }

    private static char level(double value, double low, double high) {
        double share = high > low ? (value - low) / (high - low) : 0.5;
        return LEVELS.charAt(Math.clamp((long) (share * LEVELS.length()), 0, LEVELS.length() - 1));
    }

    private static String ends(JsonNode series) {
        String from = minute(series.path("from").asString(""));
        String to = minute(series.path("to").asString(""));
        return from + " ".repeat(COLUMNS - from.length() - to.length()) + to;
    }

    /// `2026-11-26 10:00Z`.
    private static String minute(String time) {
        return time.substring(0, Math.min(16, time.length())).replace('T', ' ') + "Z";
    }

    static String table(JsonNode series) {
        List<Point> points = points(series);
        if (points.isEmpty()) {
            return nothing(series);
        }
        boolean texts = points.stream().anyMatch(point -> point.number().isEmpty());
        List<String> lines = new ArrayList<>();
        List<Point> shown = texts ? points.subList(Math.max(0, points.size() - LISTED), points.size()) : points;
        for (Point point : shown) {
            lines.add(point.time() + "  "
                    + (point.text().isEmpty()
                            ? "low " + number(point.low()) + "  mean " + number(point.mean()) + "  high "
                                    + number(point.high()) + Terminal.dim("  of " + point.count())
                            : Terminal.safe(point.text().get())));
        }
        int hidden = points.size() - shown.size();
        if (hidden > 0 || series.path("more").asBoolean(false)) {
            lines.add(Terminal.dim("(older values are not shown: --since, --until, or --json)"));
        }
        return String.join("\n", lines);
    }

    private static String nothing(JsonNode series) {
        String path = Terminal.safe(series.path("path").asString(""));
        return series.path("kept").asBoolean(false)
                ? "(no value in this time; " + path + " is kept when it changes or is reported)"
                : "(" + path + " is not kept: pharos series keep " + path + ")";
    }

    private static String step(JsonNode series) {
        long seconds = series.path("step").asLong();
        return seconds == 0
                ? ""
                : ", in steps of "
                        + Duration.ofSeconds(seconds).toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String older(JsonNode series) {
        return series.path("more").asBoolean(false) ? ", older ones are not shown" : "";
    }

    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : String.format(Locale.ROOT, "%.2f", number);
    }

    private static List<Point> points(JsonNode series) {
        return series.path("points").valueStream().map(Point::of).toList();
    }

    /// @param text a value as it was told; empty for a step
    /// @param number empty where the text is none
    private record Point(
            Instant time, Optional<String> text, OptionalDouble number, double low, double high, long count) {
        static Point of(JsonNode point) {
            Instant time = Instant.parse(point.path("time").asString(""));
            if (point.has("value")) {
                String text = point.path("value").asString("");
                OptionalDouble number = parsed(text);
                return new Point(time, Optional.of(text), number, number.orElse(0), number.orElse(0), 1);
            }
            return new Point(
                    time,
                    Optional.empty(),
                    OptionalDouble.of(point.path("avg").asDouble()),
                    point.path("min").asDouble(),
                    point.path("max").asDouble(),
                    point.path("count").asLong());
        }

        private static OptionalDouble parsed(String text) {
            return NUMBER.matcher(text).matches()
                    ? OptionalDouble.of(Double.parseDouble(text))
                    : OptionalDouble.empty();
        }

        double mean() {
            return number.orElse(0);
        }
    }
}
