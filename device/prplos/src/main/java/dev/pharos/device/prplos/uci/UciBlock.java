// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One section of a file with the commands that make it up, which may stand in several places.
final class UciBlock {
    final String id;
    final String type;
    final boolean anonymous;
    final List<UciCommand> commands = new ArrayList<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> lists = new HashSet<>();

    UciBlock(String id, String type, boolean anonymous) {
        this.id = id;
        this.type = type;
        this.anonymous = anonymous;
    }

    /// Takes in what an `option` or `list` says. An option stands in place of all that was said before, but an
    /// empty one says nothing; a list goes on, also from an option.
    void take(UciCommand command) {
        String name = command.argument(1);
        String value = command.argument(2);
        if (command.keyword() == UciCommand.Keyword.LIST) {
            lists.add(name);
            values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        } else if (!value.isEmpty()) {
            lists.remove(name);
            values.remove(name);
            values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
    }

    /// The commands that begin it; all but the first say nothing new.
    List<UciCommand> beginnings() {
        return commands.stream()
                .filter(command -> command.keyword() == UciCommand.Keyword.CONFIG)
                .toList();
    }

    /// The commands of one option or list.
    List<UciCommand> of(String option) {
        return commands.stream()
                .filter(command -> command.keyword() != UciCommand.Keyword.CONFIG
                        && command.argument(1).equals(option))
                .toList();
    }

    boolean isList(String option) {
        return lists.contains(option);
    }

    /// The values of one option or list, as in the file.
    List<String> raw(String option) {
        return values.getOrDefault(option, List.of());
    }

    UciSection section() {
        Map<String, UciValue> options = new LinkedHashMap<>();
        values.forEach((name, raw) -> options.put(
                name,
                lists.contains(name)
                        ? new UciValue.Items(raw.stream().map(UciText::shown).toList())
                        : new UciValue.Text(UciText.shown(raw.getFirst()))));
        return new UciSection(id, type, anonymous, options);
    }
}
