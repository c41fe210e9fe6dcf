// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.definition.Facets.Range;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueSyntaxTest {
    private static Range range(int minimum, int maximum) {
        return new Range(Optional.of(BigDecimal.valueOf(minimum)), Optional.of(BigDecimal.valueOf(maximum)));
    }

    private static void assertCode(StandardErrorCode code, ParameterType type, String value) {
        assertThatThrownBy(() -> ValueSyntax.canonical(type, value))
                .as(value)
                .isInstanceOfSatisfying(
                        UspException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "BOOLEAN, 1, true",
        "BOOLEAN, true, true",
        "BOOLEAN, 0, false",
        "INT, +0123, 123",
        "INT, -0, 0",
        "INT, -2147483648, -2147483648",
        "UNSIGNED_INT, 4294967295, 4294967295",
        "LONG, -9223372036854775808, -9223372036854775808",
        "UNSIGNED_LONG, 18446744073709551615, 18446744073709551615",
        "DECIMAL, 01.50, 1.5",
        "DECIMAL, .5, 0.5",
        "DECIMAL, -0.0, 0",
        "DECIMAL, 100, 100",
        "DATE_TIME, 2026-11-23T12:00:00+01:00, 2026-11-23T11:00:00Z",
        "DATE_TIME, 2026-11-23T12:00:00.250Z, 2026-11-23T12:00:00.25Z",
        "DATE_TIME, 2026-11-23T12:00:00, 2026-11-23T12:00:00",
        "DATE_TIME, 0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "DATE_TIME, 9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
        "HEX_BINARY, 00ff, 00FF",
        "BASE64, aGVsbG8=, aGVsbG8=",
    })
    void a_value_has_one_canonical_form(PrimitiveType type, String given, String canonical) {
        assertThat(ValueSyntax.canonical(ParameterType.of(type), given)).isEqualTo(canonical);
        assertThat(ValueSyntax.canonical(ParameterType.of(type), canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "BOOLEAN, TRUE",
        "BOOLEAN, ''",
        "INT, 1.0",
        "INT, 1e3",
        "INT, ' 1'",
        "INT, ''",
        "DECIMAL, 1e999999999",
        "DATE_TIME, yesterday",
        "DATE_TIME, 2026-13-01T00:00:00Z",
        "DATE_TIME, 2026-02-30T00:00:00Z",
        "HEX_BINARY, 0",
        "HEX_BINARY, 0g",
        "BASE64, a",
    })
    void a_value_of_another_type_is_7011(PrimitiveType type, String value) {
        assertCode(StandardErrorCode.INVALID_TYPE, ParameterType.of(type), value);
    }

    @ParameterizedTest
    @CsvSource({"INT, 2147483648", "UNSIGNED_INT, -1", "UNSIGNED_INT, 4294967296", "UNSIGNED_LONG, 18446744073709551616"
    })
    void a_number_too_large_for_its_type_is_7012(PrimitiveType type, String value) {
        assertCode(StandardErrorCode.INVALID_VALUE, ParameterType.of(type), value);
    }

    @Test
    void facets_bind_each_item_of_a_list_and_the_list_as_a_whole() {
        Facets facets =
                new Facets(Optional.of(range(1, 3)), Optional.of(range(0, 8)), List.of(), List.of(), List.of(), "");
        ParameterType type = new ParameterType(PrimitiveType.STRING, true, facets, "");
        assertThat(ValueSyntax.canonical(type, "a, bcd")).isEqualTo("a,bcd");
        assertThat(ValueSyntax.canonical(type, "")).isEmpty();
        assertCode(StandardErrorCode.INVALID_VALUE, type, "abcd");
        assertCode(StandardErrorCode.INVALID_VALUE, type, "a,,b");
        assertCode(StandardErrorCode.INVALID_VALUE, type, "abc,abc,abc");
    }

    @Test
    void lengths_are_characters_of_text_and_bytes_of_binary() {
        Facets facets = new Facets(Optional.of(range(2, 2)), Optional.empty(), List.of(), List.of(), List.of(), "");
        assertThat(ValueSyntax.canonical(new ParameterType(PrimitiveType.STRING, false, facets, ""), "😀ä"))
                .isEqualTo("😀ä");
        assertThat(ValueSyntax.canonical(new ParameterType(PrimitiveType.HEX_BINARY, false, facets, ""), "0aff"))
                .isEqualTo("0AFF");
        assertThat(ValueSyntax.canonical(new ParameterType(PrimitiveType.BASE64, false, facets, ""), "AAA="))
                .isEqualTo("AAA=");
    }

    @Test
    void one_range_one_pattern_or_one_of_the_enumeration_is_enough() {
        Facets ranges = new Facets(
                Optional.empty(), Optional.empty(), List.of(range(1, 14), range(36, 165)), List.of(), List.of(), "");
        ParameterType channel = new ParameterType(PrimitiveType.UNSIGNED_INT, false, ranges, "");
        assertThat(ValueSyntax.canonical(channel, "36")).isEqualTo("36");
        assertCode(StandardErrorCode.INVALID_VALUE, channel, "20");
        assertThat(ValueSyntax.emptyValue(channel)).isEqualTo("1");
        Facets patterns = new Facets(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(Pattern.compile(""), Pattern.compile("[0-9]+")),
                "");
        ParameterType digits = new ParameterType(PrimitiveType.STRING, false, patterns, "");
        assertThat(ValueSyntax.canonical(digits, "")).isEmpty();
        assertCode(StandardErrorCode.INVALID_VALUE, digits, "12a");
    }

    @ParameterizedTest
    @CsvSource({
        "MACAddress, 00:11:22:aa:BB:cc, 00-11-22-33-44-55",
        "IPv4Address, 192.168.1.254, 192.168.1.256",
        "IPv6Address, fe80::1, fe80::g",
        "IPAddress, ::ffff:10.0.0.1, 10.0.0",
        "IPPrefix, 10.0.0.0/8, 10.0.0.0/33",
        "IPv6Prefix, 2001:db8::/32, 2001:db8::/129",
        "UUID, 123e4567-e89b-12d3-a456-426614174000, 123e4567",
        "Alias, cpe-alias-1, 1st",
    })
    void named_types_are_checked_where_no_pattern_is_given(String name, String good, String bad) {
        ParameterType type = new ParameterType(PrimitiveType.STRING, false, Facets.NONE, name);
        assertThat(ValueSyntax.canonical(type, good)).isEqualTo(good);
        assertThat(ValueSyntax.canonical(type, "")).isEmpty();
        assertCode(StandardErrorCode.INVALID_VALUE, type, bad);
    }

    @Test
    void a_value_without_end_is_refused() {
        assertCode(StandardErrorCode.INVALID_VALUE, ParameterType.of(PrimitiveType.STRING), "x".repeat(70_000));
        assertCode(StandardErrorCode.INVALID_TYPE, ParameterType.of(PrimitiveType.INT), "1".repeat(1000));
    }
}
