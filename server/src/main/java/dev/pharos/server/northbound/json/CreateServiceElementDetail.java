// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import dev.pharos.server.rest.json.BadRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An instance of a Service Element that is to be made.
///
/// @param name of the table that it becomes a row of
/// @param identifier its unique key, written with it
public record CreateServiceElementDetail(
        @Nullable String name,
        @Nullable ServiceElementIdentifier identifier,
        @Nullable List<@Nullable ElementValue> propertyList) {

    /// What the row is to have: its key and its properties.
    ///
    /// @throws BadRequestException where both name the same
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>(ServiceElementIdentifier.keysOf(identifier));
        ElementValue.read("propertyList", propertyList).forEach((property, value) -> {
            if (values.putIfAbsent(property, value) != null) {
                throw new BadRequestException("propertyList", "has what identifier has already: " + property);
            }
        });
        return values;
    }
}
