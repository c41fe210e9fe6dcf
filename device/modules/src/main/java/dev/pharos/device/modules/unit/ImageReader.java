// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads what an OCI image says of itself: who it is by the annotations that OCI has for that, what it runs
/// by its configuration, and what it may have by annotations of our own.
public final class ImageReader {
    private static final String OCI = "org.opencontainers.image.";
    private static final String OURS = "dev.pharos.unit.";
    private static final Pattern SIGNAL = Pattern.compile("SIG[A-Z0-9+-]{1,16}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,2}");

    private ImageReader() {}

    /// Reads that of an image that [ImageLayout] has laid into a folder.
    ///
    /// @throws UnitFormatException naming what is missing or cannot be
    public static Image read(Path folder) throws IOException, UnitFormatException {
        JsonNode kept = ImageJson.file(folder, Image.FILE);
        Map<String, String> said = ImageJson.texts(kept.path("annotations"));
        JsonNode config = kept.path("config");
        String start = config.path("WorkingDir").asString("");
        String signal = config.path("StopSignal").asString("");
        return new Image(
                manifest(said, config),
                start.isEmpty() ? "/" : place(start, "WorkingDir", Limits.PATH),
                volumes(config.path("Volumes")),
                signal.isEmpty() ? "SIGTERM" : signal(signal),
                ImageUser.checked(config.path("User").asString("")));
    }

    private static Manifest manifest(Map<String, String> said, JsonNode config) throws UnitFormatException {
        Properties properties = new Properties();
        copy(said, OCI + "title", properties, "name");
        copy(said, OCI + "vendor", properties, "vendor");
        copy(said, OCI + "version", properties, "version");
        copy(said, OCI + "description", properties, "description");
        properties.setProperty("units", Image.UNIT);
        said.forEach((key, value) -> {
            if (key.startsWith(OURS)) {
                properties.setProperty(Image.UNIT + "." + key.substring(OURS.length()), value);
            }
        });
        List<String> command = new ArrayList<>(ImageJson.list(config.path("Entrypoint"), "Entrypoint"));
        command.addAll(ImageJson.list(config.path("Cmd"), "Cmd"));
        return ManifestReader.ofImage(
                properties,
                ImageReader::called,
                command(command),
                environment(ImageJson.list(config.path("Env"), "Env")));
    }

    private static String called(String key) {
        if (key.startsWith(Image.UNIT + ".")) {
            return OURS + key.substring(Image.UNIT.length() + 1);
        }
        return OCI + (key.equals("name") ? "title" : key);
    }

    private static void copy(Map<String, String> said, String key, Properties properties, String name) {
        String value = said.get(key);
        if (value != null) {
            // texts of images are free, and those of TR-181 are not
            properties.setProperty(name, name.equals("description") ? shortened(value) : value);
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > Limits.DESCRIPTION ? line.substring(0, Limits.DESCRIPTION) : line;
    }

    private static List<String> command(List<String> words) throws UnitFormatException {
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            throw new UnitFormatException("Entrypoint, Cmd: the image says no program");
        }
        if (words.size() > Limits.ARGUMENTS) {
            throw new UnitFormatException("Entrypoint, Cmd: more than " + Limits.ARGUMENTS + " words");
        }
        for (String word : words) {
            mustFit(word, "Entrypoint, Cmd");
        }
        return words;
    }

    private static void mustFit(String text, String what) throws UnitFormatException {
        if (text.length() > Limits.TEXT || text.indexOf(0) >= 0) {
            throw new UnitFormatException(what + ": longer than " + Limits.TEXT + " characters, or with a NUL");
        }
    }

    private static Map<String, String> environment(List<String> lines) throws UnitFormatException {
        if (lines.size() > Limits.VARIABLES) {
            throw new UnitFormatException("Env: more than " + Limits.VARIABLES);
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (String line : lines) {
            int at = line.indexOf('=');
            if (at < 0 || !ManifestReader.isVariable(line.substring(0, at))) {
                throw new UnitFormatException("Env: not a variable: " + Archive.shown(line));
            }
            mustFit(line, "Env");
            environment.put(line.substring(0, at), line.substring(at + 1));
        }
        return environment;
    }

    private static List<String> volumes(JsonNode volumes) throws UnitFormatException {
        if (volumes.size() > Limits.VOLUMES) {
            throw new UnitFormatException("Volumes: more than " + Limits.VOLUMES);
        }
        Set<String> places = new HashSet<>();
        for (String name : volumes.propertyNames()) {
            String place = place(name, "Volumes", Limits.VOLUME);
            if (isTaken(place)) {
                throw new UnitFormatException("Volumes: it cannot be " + place);
            }
            places.add(place);
        }
        places.remove(Image.DATA);
        return places.stream().sorted().toList();
    }

    /// What the container has a folder of its own at, or above it.
    private static boolean isTaken(String place) {
        return place.equals("/")
                || place.equals("/etc")
                || List.of("/proc", "/dev", "/sys").stream()
                        .anyMatch(taken -> place.equals(taken) || place.startsWith(taken + "/"));
    }

    /// @return without anything but names between its slashes
    private static String place(String path, String what, int longest) throws UnitFormatException {
        if (!path.startsWith("/") || path.length() > longest) {
            throw new UnitFormatException(
                    what + ": not a whole path of up to " + longest + " characters: " + Archive.shown(path));
        }
        Path root = Path.of("/");
        return EntryName.under(root, path.replaceFirst("^/+", ""), longest, Limits.IMAGE_DEPTH)
                .toString();
    }

    private static String signal(String name) throws UnitFormatException {
        String whole = NUMBER.matcher(name).matches() || name.startsWith("SIG") ? name : "SIG" + name;
        if (!SIGNAL.matcher(whole).matches() && !NUMBER.matcher(whole).matches()) {
            throw new UnitFormatException("StopSignal: not a signal: " + Archive.shown(name));
        }
        return whole;
    }
}
