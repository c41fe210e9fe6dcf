// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import dev.pharos.server.rest.json.BadRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An argument of a command, given to it or got from it.
public record Argument(@Nullable String argName, @Nullable String argValue) {

    /// @return by name, in their order
    /// @throws BadRequestException where one has no name or no value, or a name comes twice
    static Map<String, String> read(String field, @Nullable List<@Nullable Argument> arguments) {
        Map<String, String> read = new LinkedHashMap<>();
        List<@Nullable Argument> given = arguments == null ? List.of() : arguments;
        for (int i = 0; i < given.size(); i++) {
            String at = field + "[" + i + "]";
            @Nullable Argument argument = given.get(i);
            if (argument == null
                    || argument.argName() == null
                    || argument.argName().isEmpty()) {
                throw new BadRequestException(at + ".argName", "must be a text that is not empty");
            }
            if (argument.argValue() == null) {
                throw new BadRequestException(at + ".argValue", "must be a text");
            }
            if (read.putIfAbsent(argument.argName(), argument.argValue()) != null) {
                throw new BadRequestException(at + ".argName", "comes twice: " + argument.argName());
            }
        }
        return read;
    }

    static List<Argument> of(Map<String, String> arguments) {
        List<Argument> list = new ArrayList<>(arguments.size());
        arguments.forEach((name, value) -> list.add(new Argument(name, value)));
        return list;
    }
}
