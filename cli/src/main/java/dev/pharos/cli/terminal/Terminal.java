// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.terminal;

import java.io.Console;
import java.util.Optional;

/// What the terminal can show.
public final class Terminal {
    private Terminal() {}

    /// Colours go to terminals only, and never where NO_COLOR is set.
    public static boolean coloured() {
        return System.getenv("NO_COLOR") == null && interactive();
    }

    /// Whether a person is looking on.
    public static boolean interactive() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    public static String green(String text) {
        return coloured() ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    public static String red(String text) {
        return coloured() ? "\u001b[31m" + text + "\u001b[0m" : text;
    }

    public static String dim(String text) {
        return coloured() ? "\u001b[2m" + text + "\u001b[0m" : text;
    }

    /// Text from a device, without control characters that could drive the terminal.
    public static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) && c != '\t' ? 0xFFFD : c));
        return safe.toString();
    }
}
