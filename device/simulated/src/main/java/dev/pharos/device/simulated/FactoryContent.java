// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rows and values that every simulated gateway leaves the factory with; read once and shared by all of
/// them.
final class FactoryContent {
    private static final String RESOURCE = "factory-content.txt";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

    static final FactoryContent SHARED = read();

    private final Map<String, Map<String, String>> objects;

    private FactoryContent(Map<String, Map<String, String>> objects) {
        this.objects = objects;
    }

    /// Fills a data model that has just started. What was kept from an earlier life stays: values of writable
    /// parameters, and the rows of writable tables as they were left.
    void install(Transaction transaction, Identity identity, String bornAt) {
        boolean livedBefore = transaction.snapshot().object(Paths.LAN).isPresent();
        for (String path : objects.keySet()) {
            if (isRow(path) && transaction.snapshot().object(path).isEmpty() && !(livedBefore && isKept(path))) {
                addRow(transaction, path);
            }
        }
        for (Map.Entry<String, Map<String, String>> object : objects.entrySet()) {
            ObjectInstance present =
                    transaction.snapshot().object(object.getKey()).orElse(null);
            if (present == null) {
                continue;
            }
            object.getValue().forEach((name, template) -> {
                if (!livedBefore || parameter(present, name).access() == ParameterAccess.READ_ONLY) {
                    transaction.set(present.path() + name, fill(template, identity, bornAt));
                }
            });
        }
    }

    /// Takes everything back that was configured since: other rows go, these come back, values are the
    /// factory's again.
    void restore(Transaction transaction, Identity identity, String bornAt) {
        List<String> strangers = new ArrayList<>();
        strangers(transaction.snapshot().root(), strangers);
        strangers.forEach(transaction::delete);
        for (String path : objects.keySet()) {
            if (isRow(path) && transaction.snapshot().object(path).isEmpty()) {
                addRow(transaction, path);
            }
        }
        restoreValues(transaction, transaction.snapshot().root(), identity, bornAt);
    }

    private void strangers(ObjectInstance object, List<String> found) {
        for (ObjectInstance child : object.children()) {
            boolean foreign =
                    BackedModel.SUPPORTED.object(child.definition().path()).isEmpty();
            if (foreign) {
                continue;
            }
            if (child.definition().access() == ObjectAccess.ADD_DELETE && !objects.containsKey(child.path())) {
                found.add(child.path());
            } else {
                strangers(child, found);
            }
        }
    }

    private void restoreValues(Transaction transaction, ObjectInstance object, Identity identity, String bornAt) {
        ObjectDefinition definition =
                BackedModel.SUPPORTED.object(object.definition().path()).orElse(null);
        if (definition == null) {
            return;
        }
        Map<String, String> factory = objects.getOrDefault(object.path(), Map.of());
        for (ParameterDefinition parameter : definition.parameters()) {
            String template = factory.get(parameter.name());
            if (template == null && parameter.access() != ParameterAccess.READ_WRITE) {
                continue;
            }
            String value = template == null ? initial(parameter) : fill(template, identity, bornAt);
            if (!object.value(parameter.name()).equals(Optional.of(value))) {
                transaction.set(object.path() + parameter.name(), value);
            }
        }
        object.children().forEach(child -> restoreValues(transaction, child, identity, bornAt));
    }

    private static String initial(ParameterDefinition parameter) {
        return parameter.defaultValue().orElseGet(() -> emptyValue(parameter));
    }

    private static String emptyValue(ParameterDefinition parameter) {
        if (parameter.type().list()) {
            return "";
        }
        return switch (parameter.type().base()) {
            case STRING, BASE64, HEX_BINARY -> "";
            case BOOLEAN -> "false";
            case INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, DECIMAL -> "0";
            case DATE_TIME -> "0001-01-01T00:00:00Z";
        };
    }

    private static ParameterDefinition parameter(ObjectInstance object, String name) {
        return object.definition()
                .parameter(name)
                .orElseThrow(() -> new IllegalStateException("factory content sets " + object.path() + name));
    }

    private static String fill(String template, Identity identity, String bornAt) {
        if (!template.contains("${")) {
            return template;
        }
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(identity.placeholder(found.group(1), bornAt)));
    }

    private static boolean isRow(String path) {
        return Character.isDigit(path.charAt(path.length() - 2));
    }

    private static void addRow(Transaction transaction, String path) {
        int end = path.lastIndexOf('.', path.length() - 2) + 1;
        transaction.add(path.substring(0, end), Long.parseLong(path.substring(end, path.length() - 1)));
    }

    private static boolean isKept(String path) {
        return BackedModel.SUPPORTED.object(Paths.supported(path)).orElseThrow().access() == ObjectAccess.ADD_DELETE;
    }

    private static FactoryContent read() {
        Map<String, Map<String, String>> objects = new LinkedHashMap<>();
        Map<String, String> values = Map.of();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FactoryContent.class.getResourceAsStream(RESOURCE), RESOURCE),
                StandardCharsets.UTF_8))) {
            for (String line : reader.lines().toList()) {
                if (line.startsWith("Device.")) {
                    values = new LinkedHashMap<>();
                    objects.put(line, values);
                } else if (line.startsWith("  ")) {
                    int equals = line.indexOf('=');
                    values.put(line.substring(2, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new FactoryContent(objects);
    }
}
