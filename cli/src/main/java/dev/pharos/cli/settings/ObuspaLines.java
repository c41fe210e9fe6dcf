// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.device.prplos.uci.UciListing;
import dev.pharos.device.prplos.uci.UciValue;
import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What settings of obuspa say, as parameters of the data model: one of its reset files, in which each line is a path
/// and a value, or `/etc/config/obuspa`, of which the sections are rows. Who asks for one takes it; what nobody has
/// taken is left.
final class ObuspaLines {
    /// Before the options of the section that is about obuspa itself.
    static final String GLOBAL = "obuspa.";

    private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9._-]*)\\s+(\\S.*?)\\s*");
    private static final Map<String, String> TABLES = Map.of(
            "controller", "Device.LocalAgent.Controller.",
            "mtp", "Device.LocalAgent.MTP.",
            "mqtt", "Device.MQTT.Client.",
            "stomp", "Device.STOMP.Connection.");
    /// Where options of a controller stand beneath its row; all others are its own.
    private static final Map<String, String> OF_WAY = Map.ofEntries(
            Map.entry("Protocol", "MTP.1.Protocol"),
            Map.entry("Topic", "MTP.1.MQTT.Topic"),
            Map.entry("Destination", "MTP.1.STOMP.Destination"),
            Map.entry("mqtt", "MTP.1.MQTT.Reference"),
            Map.entry("stomp", "MTP.1.STOMP.Reference"),
            Map.entry("Host", "MTP.1.WebSocket.Host"),
            Map.entry("Port", "MTP.1.WebSocket.Port"),
            Map.entry("Path", "MTP.1.WebSocket.Path"),
            Map.entry("EnableEncryption", "MTP.1.WebSocket.EnableEncryption"),
            Map.entry("assigned_role_name", "AssignedRole"));
    private static final Map<String, String> OF_MTP = Map.of(
            "mqtt", "MQTT.Reference",
            "ResponseTopicConfigured", "MQTT.ResponseTopicConfigured",
            "stomp", "STOMP.Reference",
            "Destination", "STOMP.Destination");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private final List<String> broken = new ArrayList<>();

    private ObuspaLines() {}

    /// Whether it is a file of UCI and no reset file.
    static ObuspaLines read(byte[] bytes) throws MalformedInputException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean uci = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .filter(line -> line.startsWith("config") || line.startsWith("package"))
                .isPresent();
        ObuspaLines lines = new ObuspaLines();
        if (uci) {
            lines.uci(UciListing.parse(bytes));
        } else {
            lines.reset(text);
        }
        return lines;
    }

    private void say(String path, String value, String place) {
        values.put(path, value);
        places.put(path, place);
    }

    /// As obuspa does, a line that makes no sense is passed over.
    private void reset(String text) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            String value = matcher.matches() ? matcher.group(2) : "\"";
            boolean quoted = value.startsWith("\"");
            boolean whole = !quoted || (value.length() > 1 && value.endsWith("\""));
            if (!matcher.matches() || !whole || value.chars().anyMatch(Character::isISOControl)) {
                if (broken.size() < Limits.WARNINGS) {
                    broken.add("line " + number + ": no parameter and value");
                }
                continue;
            }
            say(
                    matcher.group(1),
                    quoted ? value.substring(1, value.length() - 1) : value,
                    "line " + number + ": " + matcher.group(1));
        }
    }

    private void uci(UciListing listing) {
        Map<String, String> rows = new HashMap<>();
        Map<String, Integer> count = new HashMap<>();
        List<String> paths = new ArrayList<>();
        for (UciListing.Section section : listing.sections()) {
            String table = TABLES.get(section.type());
            int number = count.merge(section.type(), 1, Integer::sum);
            paths.add(table == null ? section.type() + "." : table + number + ".");
            rows.put(section.type() + " " + section.name(), table == null ? "" : table + number);
        }
        for (int i = 0; i < paths.size(); i++) {
            UciListing.Section section = listing.sections().get(i);
            for (UciListing.Entry entry : section.entries()) {
                option(section.type(), paths.get(i), entry, rows);
            }
        }
    }

    private void option(String type, String row, UciListing.Entry entry, Map<String, String> rows) {
        List<String> items = switch (entry.value()) {
            case UciValue.Text(String text) -> List.of(text);
            case UciValue.Items(List<String> list) -> list;
        };
        String place = "line " + entry.line() + ": option " + entry.name();
        if (type.equals("controller") && entry.name().equals("ParameterName")) {
            for (int i = 0; i < items.size(); i++) {
                say(row + "BootParameter." + (i + 1) + ".ParameterName", items.get(i), place);
            }
            return;
        }
        boolean reference = entry.name().equals("mqtt") || entry.name().equals("stomp");
        String value = items.getLast();
        if (value.chars().anyMatch(Character::isISOControl)) {
            broken.add(place + " holds a line break or another control character: a quote is missing");
            return;
        }
        String name = switch (type) {
            case "controller" -> OF_WAY.getOrDefault(entry.name(), entry.name());
            case "mtp" -> OF_MTP.getOrDefault(entry.name(), entry.name());
            default -> entry.name();
        };
        String path = type.equals("localagent") ? "Device.LocalAgent." + name : row + name;
        say(path, reference ? rows.getOrDefault(entry.name() + " " + value, "") : value, place);
    }

    /// The value of a parameter, which is taken with it.
    Optional<String> take(String path) {
        taken.add(path);
        return Optional.ofNullable(values.get(path)).filter(value -> !value.isEmpty());
    }

    /// The numbers of the rows of a table.
    Set<Integer> rows(String table) {
        Set<Integer> numbers = new TreeSet<>();
        for (String path : values.keySet()) {
            if (path.startsWith(table)) {
                String rest = path.substring(table.length());
                int dot = rest.indexOf('.');
                String number = dot < 0 ? "" : rest.substring(0, dot);
                if (number.matches("[1-9][0-9]{0,8}")) {
                    numbers.add(Integer.valueOf(number));
                }
            }
        }
        return numbers;
    }

    /// Lines that could not be read.
    List<String> broken() {
        return List.copyOf(broken);
    }

    /// Where that stands which nobody has taken; never what it says, which may be a password.
    List<String> left() {
        return values.keySet().stream()
                .filter(path -> !taken.contains(path))
                .map(path -> places.getOrDefault(path, path))
                .toList();
    }
}
