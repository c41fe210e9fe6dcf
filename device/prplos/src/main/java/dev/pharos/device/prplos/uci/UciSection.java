// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One section of a UCI package as its readers see it.
///
/// @param id its name; of an anonymous section the one that uci makes up, such as `cfg023579`, which is another
///     one as soon as a section before it comes or goes
/// @param type such as `wifi-iface`
/// @param options by name, in the order in which they were first given
public record UciSection(String id, String type, boolean anonymous, Map<String, UciValue> options) {
    public UciSection {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /// The value of an option; of a list its items with a space between them, as consumers in shell see it.
    public Optional<String> text(String option) {
        return Optional.ofNullable(options.get(option)).map(value -> switch (value) {
            case UciValue.Text(String text) -> text;
            case UciValue.Items(List<String> items) -> String.join(" ", items);
        });
    }

    /// The items of a list; an option counts as a list of one, absence as one of none.
    public List<String> items(String option) {
        return Optional.ofNullable(options.get(option))
                .map(value -> switch (value) {
                    case UciValue.Text(String text) -> List.of(text);
                    case UciValue.Items(List<String> items) -> items;
                })
                .orElse(List.of());
    }
}
