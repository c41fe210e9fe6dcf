// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads changes that are staged and not committed yet, as `uci set` leaves them. Lines that make no sense
/// are passed over, as uci does. Values stay as they are in the file.
final class UciDeltas {
    private static final String PREFIXES = "-+|~@^";

    private UciDeltas() {}

    static List<UciChange> parse(String packageName, String text) {
        List<UciChange> changes = new ArrayList<>();
        for (List<UciWord> words : UciLexer.readable(text)) {
            if (words.size() == 1 && changes.size() < Limits.PENDING) {
                change(packageName, words.getFirst().text()).ifPresent(changes::add);
            }
        }
        return List.copyOf(changes);
    }

    private static Optional<UciChange> change(String packageName, String word) {
        char prefix = word.isEmpty() || PREFIXES.indexOf(word.charAt(0)) < 0 ? ' ' : word.charAt(0);
        String rest = prefix == ' ' ? word : word.substring(1);
        int equals = rest.indexOf('=');
        String[] path = (equals < 0 ? rest : rest.substring(0, equals)).split("\\.", -1);
        String value = equals < 0 ? "" : rest.substring(equals + 1);
        if (path.length < 2 || path.length > 3 || !path[0].equals(packageName)) {
            return Optional.empty();
        }
        return path.length == 2
                ? ofSection(prefix, path[1], value)
                : ofOption(prefix, path[1], path[2], value, equals >= 0);
    }

    private static Optional<UciChange> ofSection(char prefix, String section, String value) {
        return switch (prefix) {
            case ' ' -> Optional.of(new UciChange.PutSection(section, value));
            case '+' -> Optional.of(new UciChange.AddAnonymous(section, value));
            case '-' -> Optional.of(new UciChange.DeleteSection(section));
            case '@' -> Optional.of(new UciChange.RenameSection(section, value));
            case '^' -> number(value).map(position -> new UciChange.Reorder(section, position));
            default -> Optional.empty();
        };
    }

    private static Optional<UciChange> ofOption(
            char prefix, String section, String option, String value, boolean hasValue) {
        return switch (prefix) {
            case ' ' -> Optional.of(new UciChange.SetOption(section, option, value));
            case '-' ->
                hasValue
                        ? number(value).map(index -> new UciChange.RemoveItemAt(section, option, index))
                        : Optional.of(new UciChange.DeleteOption(section, option));
            case '|' -> Optional.of(new UciChange.AddItem(section, option, value));
            case '~' -> Optional.of(new UciChange.RemoveItem(section, option, value));
            case '@' -> Optional.of(new UciChange.RenameOption(section, option, value));
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,6}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
