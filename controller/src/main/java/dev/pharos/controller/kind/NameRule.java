// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import dev.pharos.controller.policy.Secrets;
import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// By which name that all devices share something is shown that a kind of device calls otherwise.
///
/// @param shown the name that all share
/// @param from what devices call it; the first counts that a device has
/// @param words what devices say, and what is shown for it; what is not among them is shown as it is
/// @param says what is shown whatever the device says, with numbers in its places; empty where its value is
public record NameRule(NamePattern shown, List<NamePattern> from, Map<String, String> words, String says) {
    private static final String ROOT = "Device";

    /// By which a device is managed: who may change it is asked by these names, so that what has one keeps it. What a
    /// maker has by a name of its own may be shown by one of these.
    private static final Set<String> MANAGING =
            Set.of("ManagementServer", "USPAgent", "LocalAgent", "Users", "Security", "MQTT", "STOMP", "WebSocket");

    public NameRule {
        from = Frozen.list(from);
        words = Frozen.map(words);
        objection(shown, from, words, says).ifPresent(wrong -> {
            throw new IllegalArgumentException(wrong);
        });
    }

    /// Why these are no rule, in words for people; empty where they are.
    public static Optional<String> objection(
            NamePattern shown, List<NamePattern> from, Map<String, String> words, String says) {
        if (!shown.reference().isEmpty()
                || shown.hasFirstRow()
                || !shown.parts().getFirst().equals(ROOT)) {
            return Optional.of("what is shown begins with Device., and has {i} for rows, not *: " + shown);
        }
        if (from.isEmpty() || from.size() > Limits.SOURCES) {
            return Optional.of(shown + " needs 1 to " + Limits.SOURCES + " names from which it comes");
        }
        if (shown.object() && (!words.isEmpty() || !says.isEmpty())) {
            return Optional.of("all beneath an object is shown as it is, without values: " + shown);
        }
        for (NamePattern each : from) {
            if (each.object() != shown.object()) {
                return Optional.of("one of both is an object, with a dot at its end: " + shown + " and " + each);
            }
            if (isSecret(each) && !isSecret(shown)) {
                return Optional.of("a secret is shown by the name of a secret only: " + shown + " and " + each);
            }
            if (!managing(each).isEmpty() && !managing(each).equals(managing(shown))) {
                return Optional.of("by what a device is managed keeps its name: " + shown + " and " + each);
            }
            if (!each.places().equals(shown.places())) {
                return Optional.of("both must have the same places for rows: " + shown + " and " + each);
            }
        }
        return Optional.empty();
    }

    /// Of all beneath an object: whether a value there is one by where it stands.
    private static boolean isSecret(NamePattern pattern) {
        return Secrets.isSecret(pattern.object() ? pattern + "Value" : pattern.toString());
    }

    private static String managing(NamePattern pattern) {
        boolean named = pattern.reference().isEmpty() && pattern.parts().size() > 1;
        String object = named ? pattern.parts().get(1) : "";
        return MANAGING.contains(object) ? object : "";
    }

    /// Those of a device that has this root, the first of which it has counts.
    List<NamePattern> from(String root) {
        return from.stream()
                .filter(each ->
                        (each.reference().isEmpty() ? each.toString() : each.reference()).startsWith(root + "."))
                .toList();
    }

    String shownValue(String value, Map<String, String> numbers) {
        if (says.isEmpty()) {
            return words.getOrDefault(value, value);
        }
        String said = says;
        for (Map.Entry<String, String> number : numbers.entrySet()) {
            said = said.replace(number.getKey(), number.getValue());
        }
        return said;
    }

    String deviceValue(String value) {
        return words.entrySet().stream()
                .filter(each -> each.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(value);
    }
}
