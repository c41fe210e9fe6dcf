// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import dev.pharos.datamodel.Limits;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// How values are written: checks a value against its type and facets and brings it into the one form in
/// which it is kept and compared, so that `0123`, `+123` and `123` are the same, as are `1` and `true`.
public final class ValueSyntax {
    private ValueSyntax() {}

    /// The canonical form of a value that must meet base type and facets.
    ///
    /// @throws UspException 7011 where the value is not of the base type, 7012 where a facet forbids it
    public static String canonical(ParameterType type, String value) {
        String canonical = canonicalOfBase(type, value);
        checkFacets(type, canonical);
        return canonical;
    }

    /// The canonical form of a value that must meet its base type but may break facets: what devices say of
    /// themselves.
    ///
    /// @throws UspException 7011
    public static String canonicalOfBase(ParameterType type, String value) {
        if (value.length() > Limits.VALUE_CHARACTERS) {
            throw invalid("longer than " + Limits.VALUE_CHARACTERS + " characters");
        }
        if (!type.list()) {
            return ScalarSyntax.canonical(type.base(), value);
        }
        List<String> items = new ArrayList<>();
        for (String item : items(value)) {
            items.add(ScalarSyntax.canonical(type.base(), item));
        }
        return String.join(",", items);
    }

    /// The items of a comma-separated list without the blanks around them; none of the empty text.
    public static List<String> items(String list) {
        if (list.isBlank()) {
            return List.of();
        }
        List<String> items = new ArrayList<>();
        for (String item : list.split(",", -1)) {
            items.add(item.strip());
        }
        return items;
    }

    /// The value of a type that nothing was said of: empty text, false, 0 or the Unknown Time; where an
    /// enumeration or range forbids that, the first value that it allows.
    public static String emptyValue(ParameterType type) {
        if (type.list()) {
            return "";
        }
        return switch (type.base()) {
            case STRING, BASE64, HEX_BINARY -> "";
            case BOOLEAN -> "false";
            case INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, DECIMAL -> emptyNumber(type.facets());
            case DATE_TIME -> ScalarSyntax.UNKNOWN_TIME;
        };
    }

    private static String emptyNumber(Facets facets) {
        if (facets.ranges().isEmpty() || facets.ranges().stream().anyMatch(r -> r.contains(0))) {
            return "0";
        }
        Facets.Range first = facets.ranges().getFirst();
        return first.minimum().or(first::maximum).map(ScalarSyntax::plain).orElse("0");
    }

    private static void checkFacets(ParameterType type, String canonical) {
        Facets facets = type.facets();
        if (type.list()) {
            facets.listLength().ifPresent(range -> checkLength(range, characters(canonical), "the list"));
            for (String item : items(canonical)) {
                checkItem(type, item);
            }
        } else {
            checkItem(type, canonical);
        }
    }

    private static void checkItem(ParameterType type, String item) {
        Facets facets = type.facets();
        facets.length().ifPresent(range -> checkLength(range, ScalarSyntax.length(type.base(), item), "the value"));
        if (!facets.ranges().isEmpty() && ScalarSyntax.isNumber(type.base())) {
            checkRange(facets, item);
        }
        if (!facets.enumeration().isEmpty() && !facets.enumeration().contains(item)) {
            throw invalid("'" + shown(item) + "' is none of " + String.join(", ", facets.enumeration()));
        }
        if (!facets.patterns().isEmpty()) {
            checkPatterns(facets, item);
        } else {
            NamedTypes.check(type.dataTypeName(), item);
        }
    }

    private static void checkRange(Facets facets, String item) {
        var number = new java.math.BigDecimal(item);
        if (facets.ranges().stream().noneMatch(range -> range.contains(number))) {
            String ranges = String.join(
                    ", ", facets.ranges().stream().map(Facets.Range::toString).toList());
            throw invalid(shown(item) + " is outside of " + ranges);
        }
    }

    private static void checkPatterns(Facets facets, String item) {
        if (item.length() > Limits.PATTERN_CHARACTERS) {
            throw invalid("longer than " + Limits.PATTERN_CHARACTERS + " characters");
        }
        for (Pattern pattern : facets.patterns()) {
            if (pattern.matcher(item).matches()) {
                return;
            }
        }
        throw invalid(
                "'" + shown(item) + "' does not match " + facets.patterns().getFirst());
    }

    private static void checkLength(Facets.Range range, int length, String what) {
        if (!range.contains(length)) {
            throw invalid(what + " has a length of " + length + ", allowed is " + range);
        }
    }

    static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String shown(String value) {
        return value.length() <= 64 ? value : value.substring(0, 64) + "…";
    }

    static UspException invalid(String detail) {
        return new UspException(StandardErrorCode.INVALID_VALUE, detail);
    }
}
