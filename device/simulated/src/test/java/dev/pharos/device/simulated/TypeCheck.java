// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.definition.Facets;
import dev.pharos.datamodel.definition.Facets.Range;
import dev.pharos.datamodel.definition.ParameterType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// An independent reading of TR-106's types: why a value is not of a type.
final class TypeCheck {
    private TypeCheck() {}

    static Optional<String> problem(ParameterType type, String value) {
        if (!type.list()) {
            return item(type, value);
        }
        if (type.facets()
                .listLength()
                .filter(range -> !within(range, value.length()))
                .isPresent()) {
            return Optional.of("list too long");
        }
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return List.of(value.split(",")).stream()
                .flatMap(item -> item(type, item).stream())
                .findFirst();
    }

    private static Optional<String> item(ParameterType type, String value) {
        try {
            Facets facets = type.facets();
            int length = length(type, value);
            if (facets.length().filter(range -> !within(range, length)).isPresent()) {
                return Optional.of("length " + length);
            }
            if (!facets.enumeration().isEmpty() && !facets.enumeration().contains(value)) {
                return Optional.of("none of " + facets.enumeration());
            }
            if (!facets.patterns().isEmpty()
                    && facets.patterns().stream()
                            .noneMatch(p -> p.matcher(value).matches())) {
                return Optional.of("no match of " + facets.patterns());
            }
            if (!facets.ranges().isEmpty()
                    && facets.ranges().stream().noneMatch(range -> within(range, new BigDecimal(value)))) {
                return Optional.of("outside " + facets.ranges());
            }
            return Optional.empty();
        } catch (RuntimeException wrong) {
            return Optional.of(wrong.toString());
        }
    }

    /// Also proves the base type, by reading it.
    private static int length(ParameterType type, String value) {
        return switch (type.base()) {
            case STRING -> value.length();
            case BOOLEAN -> of(value.equals("true") || value.equals("false"));
            case INT -> of(new BigInteger(value).bitLength() < Integer.SIZE);
            case LONG -> of(new BigInteger(value).bitLength() < Long.SIZE);
            case UNSIGNED_INT ->
                of(new BigInteger(value).signum() >= 0 && new BigInteger(value).bitLength() <= Integer.SIZE);
            case UNSIGNED_LONG ->
                of(new BigInteger(value).signum() >= 0 && new BigInteger(value).bitLength() <= Long.SIZE);
            case DECIMAL -> of(new BigDecimal(value).signum() < 2);
            case DATE_TIME -> of(Instant.parse(value) != null);
            case BASE64 -> Base64.getDecoder().decode(value).length;
            case HEX_BINARY -> HexFormat.of().parseHex(value).length;
        };
    }

    private static int of(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not of its base type");
        }
        return 0;
    }

    private static boolean within(Range range, long value) {
        return within(range, BigDecimal.valueOf(value));
    }

    private static boolean within(Range range, BigDecimal value) {
        return range.minimum().filter(least -> value.compareTo(least) < 0).isEmpty()
                && range.maximum().filter(most -> value.compareTo(most) > 0).isEmpty();
    }
}
