// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pharos.usp.MalformedInputException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Values as they are on the wire.
class BlobTest {
    private static final String EVERY_KIND = "07000090"
            + "83000014" + "0005737461746500" + "72756e6e696e6700"
            + "85000014" + "0006757074696d6500000000" + "00000007"
            + "87000011" + "0009636f6e6e656374656400" + "01000000"
            + "81000028" + "000b636f6e74726f6c6c6572730000" + "00" + "00"
            + "8300001200000000" + "70726f746f3a3a633100" + "0000"
            + "84000014" + "0003626967000000" + "00" + "000000012a05f200"
            + "88000014" + "0002706900000000" + "400c000000000000";

    private static byte[] encoded(UbusTable table) {
        BlobWriter writer = new BlobWriter();
        writer.table(7, table);
        return writer.toByteArray();
    }

    private static UbusTable decoded(byte[] attribute) throws MalformedInputException {
        return BlobReader.table(java.util.Arrays.copyOfRange(attribute, 4, attribute.length));
    }

    @Test
    void every_kind_of_value_is_on_the_wire_as_recorded() throws MalformedInputException {
        UbusTable table = UbusTable.EMPTY
                .with("state", "running")
                .with("uptime", 7)
                .with("connected", true)
                .with("controllers", new UbusValue.Array(List.of(new UbusValue.Text("proto::c1"))))
                .with("big", 5_000_000_000L)
                .with("pi", new UbusValue.Real(3.5));

        byte[] bytes = encoded(table);

        assertThat(decoded(bytes)).isEqualTo(table);
        assertThat(HexFormat.of().formatHex(bytes, 0, 24)).isEqualTo(EVERY_KIND.substring(0, 48));
        assertThat(ByteBuffer.wrap(bytes).getInt() & 0xffffff).isEqualTo(0x90);
        assertThat(HexFormat.of().formatHex(bytes)).contains("84000014").endsWith("400c000000000000");
    }

    @Test
    void no_arguments_are_an_empty_table() {
        assertThat(encoded(UbusTable.EMPTY)).asHexString().isEqualTo("07000004");
    }

    @Property(tries = 150)
    void what_is_written_is_read_again(@ForAll("tables") UbusTable table) throws MalformedInputException {
        assertThat(decoded(encoded(table))).isEqualTo(table);
        assertThat(encoded(table).length % 4).isZero();
    }

    @Provide
    Arbitrary<UbusTable> tables() {
        return members(3);
    }

    private static Arbitrary<UbusTable> members(int depth) {
        return Arbitraries.maps(Arbitraries.of("", "a", "ssid", "é", "a name of some length"), values(depth))
                .ofMaxSize(4)
                .map(UbusTable::new);
    }

    private static Arbitrary<UbusValue> values(int depth) {
        Arbitrary<UbusValue> plain = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("ab\u00e9\u4f60 ")
                        .ofMaxLength(9)
                        .map(UbusValue.Text::new),
                Arbitraries.longs().map(UbusValue.Int64::new),
                Arbitraries.integers().map(UbusValue.Int32::new),
                Arbitraries.shorts().map(UbusValue.Int16::new),
                Arbitraries.of(true, false).map(UbusValue.Bool::new),
                Arbitraries.doubles().map(UbusValue.Real::new),
                Arbitraries.just(new UbusValue.Null()));
        return depth == 0
                ? plain
                : Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(3, plain),
                        net.jqwik.api.Tuple.of(1, members(depth - 1).map(table -> table)),
                        net.jqwik.api.Tuple.of(
                                1, values(depth - 1).list().ofMaxSize(3).map(UbusValue.Array::new)));
    }

    @Test
    void members_are_found_by_name_and_kind() {
        UbusTable table = UbusTable.EMPTY
                .with("text", "x")
                .with("number", 7)
                .with("wide", 1L << 40)
                .with("small", new UbusValue.Int16((short) -3))
                .with("true", true)
                .with("table", UbusTable.EMPTY.with("in", 1))
                .with("array", new UbusValue.Array(List.of(new UbusValue.Null())));

        assertThat(table.text("text")).contains("x");
        assertThat(table.text("number")).isEmpty();
        assertThat(table.number("number")).hasValue(7);
        assertThat(table.number("wide")).hasValue(1L << 40);
        assertThat(table.number("small")).hasValue(-3);
        assertThat(table.number("absent")).isEmpty();
        assertThat(table.isTrue("true")).isTrue();
        assertThat(table.isTrue("text")).isFalse();
        assertThat(table.table("table").number("in")).hasValue(1);
        assertThat(table.table("text")).isEqualTo(UbusTable.EMPTY);
        assertThat(table.array("array")).hasSize(1);
        assertThat(table.array("absent")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "83", // cut off in its head
                "83000003", // shorter than its own head
                "83000020000161000000", // longer than what is there
                "03000010000161006100000000000000", // without a name
                "8300000800056162", // whose name goes beyond it
                "8500000a0001610061620000", // a number of the wrong width
                "8300000a0001610061620000", // a text that does not end
                "890000080001610000000000" // of an unknown kind
            })
    void values_that_make_no_sense_are_refused(String hex) {
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> BlobReader.table(HexFormat.of().parseHex(hex)))
                .withMessageStartingWith("ubus: ");
    }

    @Test
    void values_too_deep_within_each_other_are_refused() {
        UbusValue nested = new UbusValue.Null();
        for (int depth = 0; depth < Limits.DEPTH; depth++) {
            nested = new UbusValue.Array(List.of(nested));
        }
        byte[] bytes = encoded(UbusTable.EMPTY.with("deep", nested));

        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> decoded(bytes))
                .withMessageContaining("more than 64");
    }

    @Test
    void texts_with_zero_characters_and_endless_names_are_defects() {
        assertThatIllegalArgumentException().isThrownBy(() -> new UbusValue.Text("a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> encoded(UbusTable.EMPTY.with("x".repeat(70_000), true)));
    }

    @Test
    void texts_are_not_in_the_text_form_of_a_table() {
        assertThat(UbusTable.EMPTY.with("key", "very secret").toString())
                .contains("key")
                .doesNotContain("very secret");
    }

    @Test
    void the_last_of_two_attributes_counts_and_what_is_cut_off_is_passed_over() {
        UbusAttributes attributes = UbusAttributes.of(
                HexFormat.of().parseHex("0100000800000001" + "0100000800000004" + "7f00000400" + "0200"));

        assertThat(attributes.word(UbusAttribute.STATUS)).hasValue(4);
        assertThat(attributes.payloads()).hasSize(1);
        assertThat(UbusStatus.of(99)).isEqualTo(UbusStatus.UNKNOWN_ERROR);
    }
}
