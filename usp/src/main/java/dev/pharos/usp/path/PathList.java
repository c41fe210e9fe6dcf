// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.path;

import java.util.ArrayList;
import java.util.List;

/// The items of a comma-separated list of paths, whose search expressions may hold commas of their own.
public final class PathList {
    private PathList() {}

    /// The items in order, without the spaces around them; empty ones are left out.
    public static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '[') {
                depth++;
            } else if (!quoted && c == ']') {
                depth--;
            } else if (i == text.length() || (c == ',' && !quoted && depth == 0)) {
                String item = text.substring(start, i).strip();
                if (!item.isEmpty()) {
                    items.add(item);
                }
                start = i + 1;
            }
        }
        return items;
    }
}
