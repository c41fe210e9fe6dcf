// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import dev.pharos.server.rest.json.BadRequestException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One instance of a Service Element: what it has, or what is to be changed of it.
public record ServiceElementDetail(
        @Nullable ServiceElementIdentifier identifier,
        @Nullable List<@Nullable ElementValue> propertyList) {

    public Map<String, String> keys() {
        return ServiceElementIdentifier.keysOf(identifier);
    }

    /// What is to be changed.
    ///
    /// @throws BadRequestException where that is nothing
    public Map<String, String> changes() {
        Map<String, String> changes = ElementValue.read("propertyList", propertyList);
        if (changes.isEmpty()) {
            throw new BadRequestException("propertyList", "must be a list with at least one element");
        }
        return changes;
    }

    public static ServiceElementDetail of(Map<String, String> keys, Map<String, String> properties) {
        return new ServiceElementDetail(ServiceElementIdentifier.of(keys), List.copyOf(ElementValue.of(properties)));
    }
}
