// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes plain text of descriptions, which are written in a wiki dialect with `{{templates}}`.
final class DescriptionText {
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{([^{}|]*)(?:\\|([^{}]*))?}}");
    private static final Pattern QUOTES = Pattern.compile("'{2,5}");
    private static final Pattern PARAGRAPH = Pattern.compile("\\n[ \\t\\r]*\\n");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private DescriptionText() {}

    /// Paragraphs become lines.
    static String plain(String wiki) {
        String text = wiki;
        // templates hold templates, though never deeper than this
        for (int depth = 0; depth < 3 && text.contains("{{"); depth++) {
            text = TEMPLATE.matcher(text)
                    .replaceAll(match -> Matcher.quoteReplacement(word(match.group(1), match.group(2))));
        }
        text = QUOTES.matcher(text).replaceAll("");
        StringBuilder lines = new StringBuilder();
        for (String paragraph : PARAGRAPH.split(text)) {
            String line = BLANKS.matcher(paragraph).replaceAll(" ").strip();
            if (!line.isEmpty()) {
                lines.append(lines.isEmpty() ? "" : "\n").append(line);
            }
        }
        return lines.toString();
    }

    private static String word(String name, @org.jspecify.annotations.Nullable String arguments) {
        String first =
                arguments == null ? "" : List.of(arguments.split("\\|", -1)).getFirst();
        return switch (name) {
            case "empty" -> "an empty string";
            case "null" -> "null";
            case "true", "false" -> name;
            case "object", "param", "command", "event", "enum", "value", "pattern", "keyword", "templ" ->
                first.isEmpty() ? "this " + name : first;
            case "bibref" -> "[" + (arguments == null ? "" : arguments.replace("|", " ")) + "]";
            case "units" -> "the unit";
            default -> first;
        };
    }
}
