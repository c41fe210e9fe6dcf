// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.util.Optional;

/// `PATH=VALUE` as typed: the first `=` outside a search expression parts the two.
record Assignment(String name, String value) {

    static Optional<Assignment> parse(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (depth > 0 && c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '[') {
                depth++;
            } else if (!quoted && c == ']') {
                depth--;
            } else if (depth == 0 && c == '=') {
                return i == 0
                        ? Optional.empty()
                        : Optional.of(new Assignment(text.substring(0, i), text.substring(i + 1)));
            }
        }
        return Optional.empty();
    }

    /// The object that the path's last dot outside a search expression ends.
    String object() {
        return name.substring(0, split() + 1);
    }

    String parameter() {
        return name.substring(split() + 1);
    }

    private int split() {
        int close = name.lastIndexOf(']');
        return Math.max(name.lastIndexOf('.'), close);
    }
}
