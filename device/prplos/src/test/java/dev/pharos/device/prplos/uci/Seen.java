// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What readers see of a package, as lines.
final class Seen {
    private Seen() {}

    static UciDocument document(String text) throws MalformedInputException {
        return UciDocument.parse("test", text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(UciDocument document) {
        return new String(document.bytes(), StandardCharsets.UTF_8);
    }

    static List<String> in(String text) throws MalformedInputException {
        return in(document(text).content());
    }

    static List<String> in(UciPackage content) {
        List<String> lines = new ArrayList<>();
        for (UciSection section : content.sections()) {
            lines.add(section.type() + " " + section.id() + (section.anonymous() ? " (anonymous)" : ""));
            section.options()
                    .forEach((name, value) -> lines.add(
                            switch (value) {
                                case UciValue.Text(String option) -> name + "=" + option;
                                case UciValue.Items(List<String> items) -> name + "=" + items;
                            }));
        }
        return lines;
    }
}
