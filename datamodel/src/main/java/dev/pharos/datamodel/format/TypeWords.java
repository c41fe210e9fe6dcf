// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import dev.pharos.datamodel.definition.Facets;
import dev.pharos.datamodel.definition.Facets.Range;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.ReferenceDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The words of a model line that say a type and its facets, gathered one by one.
final class TypeWords {
    private final PrimitiveType base;
    private boolean list;
    private Optional<Range> length = Optional.empty();
    private Optional<Range> listLength = Optional.empty();
    private List<Range> ranges = List.of();
    private List<String> enumeration = List.of();
    private final List<Pattern> patterns = new ArrayList<>();
    private String unit = "";
    private String dataTypeName = "";
    Optional<ReferenceDefinition> reference = Optional.empty();
    Optional<String> defaultValue = Optional.empty();

    TypeWords(String typeName) {
        base = TypeNames.typeOf(typeName)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "not a type: '" + typeName
                                        + "'; one of string boolean int unsignedInt long unsignedLong decimal dateTime base64 hexBinary"));
    }

    /// Takes a word; says whether it was one of a type.
    ///
    /// @throws IllegalArgumentException where its value is wrong
    boolean take(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = equals < 0 ? "" : word.substring(equals + 1);
        switch (name) {
            case "list" -> list = true;
            case "len" -> length = Optional.of(range(value));
            case "listLen" -> listLength = Optional.of(range(value));
            case "range" ->
                ranges = List.of(value.split(",", -1)).stream()
                        .map(TypeWords::range)
                        .toList();
            case "enum" -> enumeration = items(value);
            case "pattern" -> patterns.add(pattern(value));
            case "unit" -> unit = value;
            case "type" -> dataTypeName = value;
            case "default" -> defaultValue = Optional.of(value);
            case "ref" -> reference = Optional.of(reference(value));
            default -> {
                return false;
            }
        }
        return true;
    }

    ParameterType type() {
        Facets facets = new Facets(length, listLength, ranges, enumeration, patterns, unit);
        return new ParameterType(base, list, facets.equals(Facets.NONE) ? Facets.NONE : facets, dataTypeName);
    }

    static Range range(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            Optional<BigDecimal> only = number(text);
            return new Range(only, only);
        }
        return new Range(number(text.substring(0, dots)), number(text.substring(dots + 2)));
    }

    private static Optional<BigDecimal> number(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?")) {
            throw new IllegalArgumentException("not a number: '" + text + "'");
        }
        return Optional.of(new BigDecimal(text));
    }

    /// Splits at each `|` that no backslash stands before.
    private static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == '|' || text.charAt(i + 1) == '\\')) {
                item.append(text.charAt(++i));
            } else if (c == '|') {
                items.add(item.toString());
                item.setLength(0);
            } else {
                item.append(c);
            }
        }
        items.add(item.toString());
        return items;
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("not a pattern: " + wrong.getDescription(), wrong);
        }
    }

    private static ReferenceDefinition reference(String text) {
        int colon = text.indexOf(':');
        String strength = colon < 0 ? text : text.substring(0, colon);
        String targets = colon < 0 ? "" : text.substring(colon + 1);
        boolean strong = strength.equals("strong");
        if (!strong && !strength.equals("weak")) {
            throw new IllegalArgumentException("a reference begins with strong: or weak:, not '" + strength + "'");
        }
        return new ReferenceDefinition(strong, targets.isEmpty() ? List.of() : List.of(targets.split(",", -1)));
    }
}
