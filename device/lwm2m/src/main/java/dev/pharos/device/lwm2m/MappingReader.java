// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.device.lwm2m.ObjectKind.Mapped;
import dev.pharos.device.lwm2m.ObjectKind.ResourceKind;
import dev.pharos.device.proxied.CapabilityClass;
import dev.pharos.device.proxied.ResourceType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `lwm2m.mapping`, whose head says how it is written.
final class MappingReader {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final Map<Integer, ObjectKind> objects = new LinkedHashMap<>();

    private MappingReader() {}

    /// The mapping that is shipped, by the numbers of objects.
    static Map<Integer, ObjectKind> shipped() {
        try (InputStream stream = MappingReader.class.getResourceAsStream("lwm2m.mapping")) {
            if (stream == null) {
                throw new IllegalStateException("not in the jar: lwm2m.mapping");
            }
            return read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            throw new IllegalStateException("the shipped mapping cannot be read", broken);
        }
    }

    /// @throws IllegalArgumentException naming the line that is wrong
    static Map<Integer, ObjectKind> read(BufferedReader source) throws IOException {
        MappingReader reader = new MappingReader();
        int number = 0;
        for (String line = source.readLine(); line != null; line = source.readLine()) {
            number++;
            try {
                reader.line(words(line));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("line " + number + ": " + wrong.getMessage(), wrong);
            }
        }
        return Map.copyOf(reader.objects);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line.strip());
        while (matcher.find()) {
            String quoted = matcher.group(1);
            words.add(quoted == null ? matcher.group(2) : quoted);
        }
        return words.isEmpty() || words.getFirst().startsWith("#") ? List.of() : words;
    }

    private void line(List<String> words) {
        if (words.isEmpty()) {
            return;
        }
        if (words.getFirst().equals("object")) {
            object(words);
            return;
        }
        ObjectKind last = objects.values().stream()
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IllegalArgumentException("before the first object"));
        Map<Integer, ResourceKind> resources = new LinkedHashMap<>(last.resources());
        if (words.getFirst().equals("like")) {
            ObjectKind other = objects.get(Integer.valueOf(words.get(1)));
            if (other == null) {
                throw new IllegalArgumentException("no object above has the number " + words.get(1));
            }
            resources.putAll(other.resources());
        } else {
            ResourceKind resource = resource(words);
            resources.put(resource.id(), resource);
        }
        objects.put(last.id(), new ObjectKind(last.id(), last.name(), last.node(), last.thing(), resources));
    }

    private void object(List<String> words) {
        String node = "";
        String thing = "";
        for (int i = 3; i + 1 < words.size(); i += 2) {
            switch (words.get(i)) {
                case "node" -> node = words.get(i + 1);
                case "thing" -> thing = words.get(i + 1);
                default -> throw new IllegalArgumentException("neither node nor thing: " + words.get(i));
            }
        }
        int id = Integer.parseInt(words.get(1));
        if (objects.put(id, new ObjectKind(id, words.get(2), node, thing, Map.of())) != null) {
            throw new IllegalArgumentException("the object is there already: " + id);
        }
    }

    private static ResourceKind resource(List<String> words) {
        if (words.size() < 4) {
            throw new IllegalArgumentException("not NUMBER NAME TYPE OPERATIONS");
        }
        String unit = "";
        String info = "";
        Optional<CapabilityClass> kind = Optional.empty();
        Map<String, String> traits = new LinkedHashMap<>();
        for (String word : words.subList(4, words.size())) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                kind = Optional.of(kind(word));
            } else if (kind.isPresent()) {
                traits.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (word.startsWith("unit=")) {
                unit = word.substring(equals + 1);
            } else if (word.startsWith("info=")) {
                info = word.substring(equals + 1);
            } else {
                throw new IllegalArgumentException("neither unit nor info: " + word);
            }
        }
        String operations = words.get(3);
        return new ResourceKind(
                Integer.parseInt(words.get(0)),
                words.get(1),
                ResourceType.valueOf(words.get(2).toUpperCase(Locale.ROOT)),
                operations.contains("R"),
                operations.contains("W"),
                operations.contains("E"),
                unit,
                info,
                kind.map(found -> new Mapped(found, traits)));
    }

    private static CapabilityClass kind(String word) {
        return Arrays.stream(CapabilityClass.values())
                .filter(one -> one.object().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no class of IoTCapability: " + word));
    }
}
