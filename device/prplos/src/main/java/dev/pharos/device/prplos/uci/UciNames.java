// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.nio.charset.StandardCharsets;

/// Which names and values UCI takes.
final class UciNames {
    private UciNames() {}

    /// A section or an option.
    static boolean isName(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || isUpper(c));
    }

    private static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    /// A package, which is the name of its file; never hidden, and never in another folder.
    static boolean isPackage(String text) {
        return isName(text.replace('-', '_'));
    }

    /// A type of sections, as it may stand in a file.
    static boolean isType(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= 33 && c <= 126);
    }

    /// A type that can be written, which is done without quotes.
    static boolean isPlainType(String text) {
        return isType(text) && text.chars().noneMatch(c -> "'\"\\#;".indexOf(c) >= 0);
    }

    /// A value that uci lets through: no control characters but those that end lines and TAB.
    static boolean isValue(String text) {
        return text.chars().allMatch(c -> c >= ' ' || c == '\t' || c == '\n' || c == '\r');
    }

    /// What uci calls an anonymous section.
    ///
    /// @param number how many sections there are with it, from 1
    static String anonymous(int number, String type) {
        int hash = 5381;
        for (byte each : type.getBytes(StandardCharsets.ISO_8859_1)) {
            hash = hash * 33 + each;
        }
        return String.format("cfg%02x%04x", number, hash & 0xffff);
    }
}
