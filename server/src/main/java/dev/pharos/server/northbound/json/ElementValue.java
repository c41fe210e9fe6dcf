// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import dev.pharos.server.rest.json.BadRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A property of a Service Element: a parameter of its object, or of a single object beneath (`Stats.BytesSent`).
///
/// @param elementProperty its name, relative to the object
/// @param elementValue as the data model writes it
public record ElementValue(
        @Nullable String elementProperty, @Nullable String elementValue) {
    /// Properties in one request: above the largest object of TR-181.
    private static final int MOST = 500;

    private static final int NAME_CHARACTERS = 256;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(?:\\.[A-Za-z_][A-Za-z0-9_-]*){0,15}");

    /// @param field where the list stands in the request
    /// @return by name, in their order; none where there is no list
    /// @throws BadRequestException where one has no name or no value, or a name comes twice
    static Map<String, String> read(String field, @Nullable List<@Nullable ElementValue> values) {
        Map<String, String> read = new LinkedHashMap<>();
        List<@Nullable ElementValue> given = values == null ? List.of() : values;
        if (given.size() > MOST) {
            throw new BadRequestException(field, "must have " + MOST + " elements at most");
        }
        for (int i = 0; i < given.size(); i++) {
            String at = field + "[" + i + "]";
            @Nullable ElementValue value = given.get(i);
            if (value == null) {
                throw new BadRequestException(at, "must not be null");
            }
            String name = named(at + ".elementProperty", value.elementProperty());
            if (value.elementValue() == null) {
                throw new BadRequestException(at + ".elementValue", "must be a text");
            }
            if (read.putIfAbsent(name, value.elementValue()) != null) {
                throw new BadRequestException(at + ".elementProperty", "comes twice: " + name);
            }
        }
        return read;
    }

    /// @throws BadRequestException where it is no name of a parameter
    public static String named(String field, @Nullable String name) {
        if (name == null
                || name.length() > NAME_CHARACTERS
                || !NAME.matcher(name).matches()) {
            throw new BadRequestException(
                    field, "must be the name of a parameter, relative to its object, such as SSID or Stats.BytesSent");
        }
        return name;
    }

    /// As a list, in their order.
    public static List<ElementValue> of(Map<String, String> values) {
        List<ElementValue> list = new ArrayList<>(values.size());
        values.forEach((name, value) -> list.add(new ElementValue(name, value)));
        return list;
    }
}
