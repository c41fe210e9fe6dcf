// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// By which one instance of a Service Element is told from the others: a unique key of its object.
public record ServiceElementIdentifier(@Nullable List<@Nullable ElementValue> uniqueKeyList) {

    /// @return none where it names no key
    /// @throws dev.pharos.server.rest.json.BadRequestException where a key has no name or no value
    public Map<String, String> keys() {
        return ElementValue.read("uniqueKeyList", uniqueKeyList);
    }

    static Map<String, String> keysOf(@Nullable ServiceElementIdentifier identifier) {
        return identifier == null ? Map.of() : identifier.keys();
    }

    public static ServiceElementIdentifier of(Map<String, String> keys) {
        return new ServiceElementIdentifier(List.copyOf(ElementValue.of(keys)));
    }
}
