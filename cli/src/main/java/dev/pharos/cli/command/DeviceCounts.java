// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The devices counted by something of theirs, as bars of text. Where every value is a number and there are more of
/// them
/// than are named, the bars stand for ranges.
///
/// @param note what the bars do not say
record DeviceCounts(List<Line> lines, String note) {
    private static final int WIDTH = 40;
    private static final String FULL = "█";
    private static final String HALF = "▌";

    /// @param devices that have it
    record Line(String label, long devices) {}

    /// @param answer of `GET /devices/facets`
    static DeviceCounts of(JsonNode answer) {
        long devices = answer.path("devices").asLong();
        long without = devices - answer.path("having").asLong();
        long more = answer.path("distinct").asLong() - answer.path("values").size();
        boolean ranges = more > 0 && !answer.path("bars").isEmpty();
        List<Line> lines = new ArrayList<>();
        if (ranges) {
            answer.path("bars")
                    .forEach(bar -> lines.add(new Line(
                            bar.path("from").asString("") + " … "
                                    + bar.path("to").asString(""),
                            bar.path("devices").asLong())));
        } else {
            answer.path("values")
                    .forEach(value -> lines.add(new Line(
                            Terminal.safe(value.path("value").asString("")),
                            value.path("devices").asLong())));
        }
        String note = Stream.of(
                        devices + (devices == 1 ? " device" : " devices"),
                        without > 0 ? without + " without a known value" : "",
                        more > 0 && !ranges ? more + " more values" : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return new DeviceCounts(List.copyOf(lines), note);
    }

    void print(PrintWriter out) {
        int label = lines.stream().mapToInt(line -> line.label().length()).max().orElse(0);
        long most = lines.stream().mapToLong(Line::devices).max().orElse(1);
        int number = Long.toString(most).length();
        for (Line line : lines) {
            String text = line.label() + " ".repeat(label - line.label().length() + 2)
                    + " ".repeat(number - Long.toString(line.devices()).length())
                    + line.devices() + "  " + bar(line.devices(), most);
            out.println(text.stripTrailing());
        }
        out.println(Terminal.dim("(" + note + ")"));
    }

    /// Nothing for none; at least half a block for one.
    private static String bar(long devices, long most) {
        long halves = most == 0 ? 0 : devices * WIDTH * 2 / most;
        if (devices > 0 && halves == 0) {
            return HALF;
        }
        return FULL.repeat((int) (halves / 2)) + (halves % 2 == 1 ? HALF : "");
    }
}
