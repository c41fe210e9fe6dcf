// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.mtp.discovery.Limits;
import java.util.Optional;

/// Takes a dhclient lease file apart: words, `{`, `}`, `;`, and texts, which begin with a quotation mark and
/// have lost the one at their end. Comments are left out.
final class LeaseScanner {
    private final String content;
    private int position;

    LeaseScanner(String content) {
        this.content = content;
    }

    Optional<String> next() {
        skipBlanksAndComments();
        if (position >= content.length()) {
            return Optional.empty();
        }
        char first = content.charAt(position);
        if (first == '{' || first == '}' || first == ';') {
            position++;
            return Optional.of(String.valueOf(first));
        }
        return Optional.of(first == '"' ? text() : word());
    }

    private void skipBlanksAndComments() {
        while (position < content.length()) {
            char c = content.charAt(position);
            if (c == '#') {
                int end = content.indexOf('\n', position);
                position = end < 0 ? content.length() : end + 1;
            } else if (Character.isWhitespace(c)) {
                position++;
            } else {
                return;
            }
        }
    }

    private String text() {
        int start = position++;
        while (position < content.length() && content.charAt(position) != '"') {
            position += content.charAt(position) == '\\' ? 2 : 1;
        }
        int end = Math.min(position, content.length());
        position = Math.min(position + 1, content.length());
        return bounded(start, end);
    }

    private String word() {
        int start = position;
        while (position < content.length()) {
            char c = content.charAt(position);
            if (Character.isWhitespace(c) || c == '{' || c == '}' || c == ';' || c == '"') {
                break;
            }
            position++;
        }
        return bounded(start, position);
    }

    private String bounded(int start, int end) {
        return content.substring(start, Math.min(end, start + Limits.LEASE_TOKEN_CHARACTERS));
    }
}
