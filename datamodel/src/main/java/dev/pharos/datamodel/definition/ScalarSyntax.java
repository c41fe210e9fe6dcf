// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import dev.pharos.datamodel.Limits;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// How single values of each base type are written.
final class ScalarSyntax {
    static final String UNKNOWN_TIME = "0001-01-01T00:00:00Z";

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)");
    private static final Pattern DATE_TIME = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?");
    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2})*+");
    private static final BigInteger UNSIGNED_LONG_MAX =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private ScalarSyntax() {}

    static String canonical(PrimitiveType type, String value) {
        return switch (type) {
            case STRING -> value;
            case BOOLEAN -> bool(value);
            case INT ->
                integer(type, value, BigInteger.valueOf(Integer.MIN_VALUE), BigInteger.valueOf(Integer.MAX_VALUE));
            case UNSIGNED_INT -> integer(type, value, BigInteger.ZERO, BigInteger.valueOf(0xFFFF_FFFFL));
            case LONG -> integer(type, value, BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE));
            case UNSIGNED_LONG -> integer(type, value, BigInteger.ZERO, UNSIGNED_LONG_MAX);
            case DECIMAL -> decimal(value);
            case DATE_TIME -> dateTime(value);
            case BASE64 -> base64(value);
            case HEX_BINARY -> hex(value);
        };
    }

    static boolean isNumber(PrimitiveType type) {
        return switch (type) {
            case INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, DECIMAL -> true;
            case STRING, BOOLEAN, DATE_TIME, BASE64, HEX_BINARY -> false;
        };
    }

    /// Characters of text, bytes of binary values.
    static int length(PrimitiveType type, String canonical) {
        return switch (type) {
            case BASE64 -> Base64.getDecoder().decode(canonical).length;
            case HEX_BINARY -> canonical.length() / 2;
            case STRING, BOOLEAN, INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, DECIMAL, DATE_TIME ->
                ValueSyntax.characters(canonical);
        };
    }

    private static String bool(String value) {
        return switch (value) {
            case "true", "1" -> "true";
            case "false", "0" -> "false";
            default -> throw wrongType("boolean", value);
        };
    }

    private static String integer(PrimitiveType type, String value, BigInteger minimum, BigInteger maximum) {
        if (value.length() > Limits.NUMBER_CHARACTERS || !INTEGER.matcher(value).matches()) {
            throw wrongType(type.name().toLowerCase(Locale.ROOT), value);
        }
        BigInteger number = new BigInteger(value);
        if (number.compareTo(minimum) < 0 || number.compareTo(maximum) > 0) {
            throw ValueSyntax.invalid(value + " is outside of " + minimum + ".." + maximum);
        }
        return number.toString();
    }

    private static String decimal(String value) {
        if (value.length() > Limits.NUMBER_CHARACTERS || !DECIMAL.matcher(value).matches()) {
            throw wrongType("decimal", value);
        }
        return plain(new BigDecimal(value));
    }

    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /// UTC where the value says its zone; local time, which TR-106 allows, stays as it is.
    private static String dateTime(String value) {
        var matcher = DATE_TIME.matcher(value);
        if (value.length() > Limits.NUMBER_CHARACTERS || !matcher.matches()) {
            throw wrongType("dateTime", value);
        }
        try {
            if (matcher.group(1) == null) {
                return LocalDateTime.parse(value).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
            }
            return OffsetDateTime.parse(value)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    + "Z";
        } catch (DateTimeException wrong) {
            throw wrongType("dateTime", value);
        }
    }

    private static String base64(String value) {
        try {
            return Base64.getEncoder().encodeToString(Base64.getMimeDecoder().decode(value.strip()));
        } catch (IllegalArgumentException wrong) {
            throw wrongType("base64", value);
        }
    }

    private static String hex(String value) {
        if (!HEX.matcher(value).matches()) {
            throw wrongType("hexBinary", value);
        }
        return value.toUpperCase(Locale.ROOT);
    }

    private static UspException wrongType(String type, String value) {
        String shown = value.length() <= 64 ? value : value.substring(0, 64) + "…";
        return new UspException(StandardErrorCode.INVALID_TYPE, "not of type " + type + ": '" + shown + "'");
    }
}
