// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Firmware images as a person reads them.
final class FirmwareText {
    private static final int BAR = 30;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

    private FirmwareText() {}

    static void table(JsonNode answer, PrintWriter out) {
        List<JsonNode> images = answer.path("items").valueStream().toList();
        int widest =
                images.stream().mapToInt(image -> called(image).length()).max().orElse(0);
        for (JsonNode image : images) {
            String devices = image.path("devices").asString("");
            out.println(String.format(
                            Locale.ROOT,
                            "%5d  %-" + Math.max(1, widest) + "s  %10s",
                            image.path("id").asLong(),
                            Terminal.safe(called(image)),
                            size(image.path("size").asLong()))
                    + (devices.isEmpty() ? "" : "  " + Terminal.dim("for " + Terminal.safe(devices))));
        }
        if (images.isEmpty()) {
            out.println("(none; upload one: pharos firmware upload FILE --version 2.0.0)");
        }
    }

    static void whole(JsonNode image, PrintWriter out) {
        line(out, "image", image.path("id").asString("") + "  " + called(image));
        line(out, "file", image.path("fileName").asString(""));
        line(
                out,
                "size",
                image.path("size").asLong() + " bytes, "
                        + size(image.path("size").asLong()));
        line(out, "SHA-256", image.path("sha256").asString(""));
        String devices = image.path("devices").asString("");
        line(out, "for", devices.isEmpty() ? "all devices" : devices);
        String note = image.path("note").asString("");
        if (!note.isEmpty()) {
            line(out, "note", note);
        }
        line(
                out,
                "uploaded",
                image.path("uploaded").asString("") + " by "
                        + image.path("uploadedBy").asString(""));
    }

    static String called(JsonNode image) {
        return image.path("name").asString("") + " " + image.path("version").asString("");
    }

    /// `[==========          ] 12.0 MiB of 34.1 MiB`
    static String bar(long done, long all) {
        int full = all == 0 ? BAR : (int) (BAR * done / all);
        return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] " + size(done) + " of " + size(all);
    }

    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    private static void line(PrintWriter out, String what, String value) {
        out.println(String.format(Locale.ROOT, "%-9s ", what) + Terminal.safe(value));
    }
}
