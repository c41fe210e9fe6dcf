// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How packets are marked for their class (DSCP, RFC 2474), as numbers from 0 to 63 and as the names that firewalls
/// have
/// for some of them, such as `EF` and `AF41`.
final class CodePoints {
    private static final int LAST = 63;
    private static final int CLASSES = 8;
    private static final Map<String, Integer> NAMES = names();

    private CodePoints() {}

    /// Selectors (RFC 2474), assured forwarding (RFC 2597), expedited forwarding (RFC 3246) and lower effort (RFC
    /// 8622).
    private static Map<String, Integer> names() {
        Map<String, Integer> names = new HashMap<>();
        for (int selector = 0; selector < CLASSES; selector++) {
            names.put("CS" + selector, selector * CLASSES);
        }
        for (int forwarding = 1; forwarding <= 4; forwarding++) {
            for (int drop = 1; drop <= 3; drop++) {
                names.put("AF" + forwarding + drop, forwarding * CLASSES + drop * 2);
            }
        }
        names.put("BE", 0);
        names.put("LE", 1);
        names.put("EF", 46);
        return Map.copyOf(names);
    }

    /// The number that a name or a number of UCI (`46`, `0x2e`) means; empty where it means none.
    static Optional<String> number(String text) {
        Integer named = NAMES.get(text.toUpperCase(Locale.ROOT));
        if (named != null) {
            return Optional.of(named.toString());
        }
        return text.matches("0x[0-9A-Fa-f]{1,2}|[0-9]{1,2}")
                ? Optional.of(Integer.decode(text.matches("0[0-9]") ? text.substring(1) : text))
                        .filter(number -> number <= LAST)
                        .map(String::valueOf)
                : Optional.empty();
    }
}
