// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One package of the configuration, such as `wireless`, as its readers see it.
public record UciPackage(String name, List<UciSection> sections) {
    private static final Pattern BY_POSITION = Pattern.compile("@([!-Z\\\\-~]*)\\[(-?[0-9]{1,5})]");

    public UciPackage {
        sections = Frozen.list(sections);
    }

    public Optional<UciSection> section(String id) {
        return sections.stream().filter(section -> section.id().equals(id)).findFirst();
    }

    public List<UciSection> ofType(String type) {
        return sections.stream().filter(section -> section.type().equals(type)).toList();
    }

    /// The section that a reference means: an id, or a position as in `@wifi-iface[1]`, from the end as in
    /// `@wifi-iface[-1]`, or among all as in `@[0]`.
    public Optional<UciSection> resolve(String reference) {
        Matcher matcher = BY_POSITION.matcher(reference);
        if (!matcher.matches()) {
            return section(reference);
        }
        List<UciSection> among = matcher.group(1).isEmpty() ? sections : ofType(matcher.group(1));
        int index = Integer.parseInt(matcher.group(2));
        int position = index < 0 ? among.size() + index : index;
        return position < 0 || position >= among.size() ? Optional.empty() : Optional.of(among.get(position));
    }
}
