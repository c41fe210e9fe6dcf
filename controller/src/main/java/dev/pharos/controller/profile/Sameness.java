// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import java.util.Locale;

/// Whether a device has what is wanted: letter by letter, but for booleans, which TR-106 writes as `true` or `1`.
public final class Sameness {
    private Sameness() {}

    public static boolean same(String known, String wanted) {
        return known.equals(wanted) || (truth(wanted) != 0 && truth(known) == truth(wanted));
    }

    /// 1 for true, -1 for false, 0 for what is no boolean.
    private static int truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> 1;
            case "false", "0" -> -1;
            default -> 0;
        };
    }
}
