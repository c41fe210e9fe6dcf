// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lights of the device, as Linux shows them in `/sys/class/leds`: a folder for each, which is called as
/// `green:wan`, with files `brightness`, `max_brightness` and `trigger`.
public final class LightFolder {
    private static final Pattern CHOSEN = Pattern.compile("\\[([\\w:.-]{1,64})]");
    private static final String NO_TRIGGER = "none";

    /// The colours that names of lights have, as red, green and blue.
    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("white", "FFFFFF"),
            Map.entry("red", "FF0000"),
            Map.entry("green", "00FF00"),
            Map.entry("blue", "0000FF"),
            Map.entry("amber", "FFBF00"),
            Map.entry("yellow", "FFFF00"),
            Map.entry("orange", "FFA500"),
            Map.entry("violet", "8F00FF"),
            Map.entry("purple", "800080"),
            Map.entry("pink", "FFC0CB"),
            Map.entry("cyan", "00FFFF"),
            Map.entry("lime", "BFFF00"));

    private LightFolder() {}

    /// A table `leds` with one for each light by its name: `lit` (whether something lights it), `trigger` (what, or
    /// `none`), `max_brightness` and, where its name says it, `color`; at most [Limits#LIGHTS].
    ///
    /// @throws IOException where the folder cannot be read; where there is none, there is no light
    public static UbusTable read(Path folder) throws IOException {
        UbusTable lights = UbusTable.EMPTY;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> each = Files.newDirectoryStream(folder)) {
                for (Path light : each) {
                    if (lights.members().size() < Limits.LIGHTS) {
                        lights = lights.with(light.getFileName().toString(), light(light));
                    }
                }
            }
        }
        return UbusTable.EMPTY.with("leds", lights);
    }

    private static UbusTable light(Path folder) {
        Matcher chosen = CHOSEN.matcher(text(folder.resolve("trigger")));
        String trigger = chosen.find() ? chosen.group(1) : NO_TRIGGER;
        UbusTable light = UbusTable.EMPTY
                .with("lit", !trigger.equals(NO_TRIGGER) || number(folder.resolve("brightness")) > 0)
                .with("trigger", trigger)
                .with("max_brightness", number(folder.resolve("max_brightness")));
        return colour(folder.getFileName().toString())
                .map(colour -> light.with("color", colour))
                .orElse(light);
    }

    /// The colour is the first part of a name that is one; older kernels have the device before it.
    private static Optional<String> colour(String name) {
        for (String part : name.toLowerCase(Locale.ROOT).split(":")) {
            String colour = COLOURS.get(part);
            if (colour != null) {
                return Optional.of(colour);
            }
        }
        return Optional.empty();
    }

    private static long number(Path file) {
        String text = text(file).strip();
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }

    /// What a file has; nothing where it cannot be read, as when a light goes at that moment.
    private static String text(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(Limits.TRIGGERS), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
