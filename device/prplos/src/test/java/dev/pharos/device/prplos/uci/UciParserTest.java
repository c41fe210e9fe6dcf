// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files as uci reads them.
class UciParserTest {
    private static final String WIRELESS = """

            config wifi-device 'radio0'
            \toption type 'mac80211'
            \toption channel '36'

            config wifi-iface
            \toption device 'radio0'
            \toption ssid 'Home'
            \tlist maclist '02:00:00:00:00:01'
            \tlist maclist '02:00:00:00:00:02'

            """;

    @Test
    void a_file_as_uci_writes_it_is_read() throws MalformedInputException {
        assertThat(Seen.in(WIRELESS))
                .containsExactly(
                        "wifi-device radio0",
                        "type=mac80211",
                        "channel=36",
                        "wifi-iface cfg023579 (anonymous)",
                        "device=radio0",
                        "ssid=Home",
                        "maclist=[02:00:00:00:00:01, 02:00:00:00:00:02]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    bare                 | bare
                    'single quoted'      | single quoted
                    "double quoted"      | double quoted
                    'a#b;c'              | a#b;c
                    "a#b;c"              | a#b;c
                    a#b                  | a
                    a;                   | a
                    a  # a comment       | a
                    'it'\\''s'           | it's
                    "say \\"hi\\""       | say "hi"
                    "back\\\\slash"      | back\\slash
                    "no \\n newline"     | no n newline
                    'no \\n escape'      | no \\n escape
                    un'quo'"ted"\\ x     | unquoted x
                    "$HOME"              | $HOME
                    a\\#b                | a#b
                    \\'                  | '
                    """)
    void words_are_joined_from_quoted_and_unquoted_parts(String written, String meant) throws MalformedInputException {
        assertThat(Seen.in("config t s\noption v " + written + "\noption last 1"))
                .containsExactly("t s", "v=" + meant, "last=1");
    }

    @Test
    void a_quoted_value_may_go_over_lines_and_a_backslash_joins_them() throws MalformedInputException {
        assertThat(Seen.in("""
                        config t s
                        option a 'one
                        two'
                        option b "one\\
                        two"
                        option c one\\
                        two
                        option \\
                            d 4
                        """)).containsExactly("t s", "a=one\ntwo", "b=onetwo", "c=onetwo", "d=4");
    }

    @Test
    void a_backslash_joins_lines_that_end_with_carriage_returns_too() throws MalformedInputException {
        assertThat(Seen.in("config t s\r\noption a one\\\r\ntwo\r\n")).containsExactly("t s", "a=onetwo");
    }

    @Test
    void commands_may_be_shortened_share_a_line_and_end_with_carriage_returns() throws MalformedInputException {
        assertThat(Seen.in("package ignored\r\nc t s\r\no a 1 ; l b '2';l b 3; # end\r\n"))
                .containsExactly("t s", "a=1", "b=[2, 3]");
    }

    @Test
    void an_empty_option_is_none_and_a_list_may_hold_one() throws MalformedInputException {
        assertThat(Seen.in("config t s\noption a ''\noption b\noption c 1\noption c ''\nlist d ''\nlist d x"))
                .containsExactly("t s", "c=1", "d=[, x]");
    }

    @Test
    void the_last_option_counts_and_lists_and_options_turn_into_each_other() throws MalformedInputException {
        assertThat(Seen.in("config t s\noption a 1\noption a 2\noption b x\nlist b y\nlist c 1\noption c 2"))
                .containsExactly("t s", "a=2", "b=[x, y]", "c=2");
    }

    @Test
    void a_section_may_stand_in_several_places() throws MalformedInputException {
        assertThat(Seen.in("config t s\noption a 1\nconfig u\nconfig t s\noption a 2\noption b 3"))
                .containsExactly("t s", "a=2", "b=3", "u cfg02d0b9 (anonymous)".replace("d0b9", hash("u")));
    }

    private static String hash(String type) {
        return UciNames.anonymous(2, type).substring(5);
    }

    @Test
    void anonymous_sections_are_called_as_uci_calls_them() throws MalformedInputException {
        assertThat(UciNames.anonymous(2, "wifi-iface")).isEqualTo("cfg023579");
        assertThat(UciNames.anonymous(7, "wifi-iface")).isEqualTo("cfg073579");
        assertThat(UciNames.anonymous(3, "device")).isEqualTo("cfg030f15");
    }

    @Test
    void a_position_means_a_section() throws MalformedInputException {
        UciPackage content =
                Seen.document("config a one\nconfig b two\nconfig a three\n").content();

        assertThat(content.resolve("@a[1]").map(UciSection::id)).contains("three");
        assertThat(content.resolve("@a[-1]").map(UciSection::id)).contains("three");
        assertThat(content.resolve("@[1]").map(UciSection::id)).contains("two");
        assertThat(content.resolve("two").map(UciSection::id)).contains("two");
        assertThat(content.resolve("@a[2]")).isEqualTo(Optional.empty());
        assertThat(content.resolve("@a[-3]")).isEqualTo(Optional.empty());
        assertThat(content.resolve("@a")).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    config t s~option a 'x           | line 2, column 10: a single quote
                    config t s~  option a "x         | line 2, column 12: a double quote
                    option a 1                       | line 1, column 1: an option before the first section
                    config t s~option a 1 2          | line 2, column 12: more than one value
                    config t s x                     | line 1, column 12: more than one value
                    config t s~~optional a 1         | line 3, column 1: neither package
                    config t b-c                     | line 1, column 10: no name of a section
                    config t s~option x-y 1          | line 2, column 8: no name of an option
                    config t s~option                | line 2, column 7: a name is missing
                    config                           | line 1, column 7: a name is missing
                    config 'a b'                     | line 1, column 8: no type
                    config t s~;option a 1           | line 2, column 1: a semicolon without a command
                    config t s~option a 1;option b 2 | line 2, column 11: uci passes over what is behind
                    config t s~config u s            | line 2, column 8: the section s is of another type
                    """)
    void what_cannot_be_read_is_named_by_line_and_column(String text, String why) {
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> Seen.document(text.replace('~', '\n')))
                .withMessageStartingWith("uci: " + why);
    }

    @Test
    void a_zero_byte_and_a_file_that_is_too_large_are_refused() {
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> Seen.document("config t\0"))
                .withMessage("uci: line 1, column 9: a zero byte");
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> Seen.document("#".repeat(Limits.FILE_BYTES + 1)))
                .withMessageContaining("larger than");
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> Seen.document("config t\n".repeat(Limits.SECTIONS + 1)))
                .withMessageContaining("more than 8192 sections");
    }

    @Test
    void bytes_that_are_no_text_are_shown_and_survive() throws Exception {
        byte[] bytes = "config t s\n\toption a '\u00ff'\n\toption b 'x'\n".getBytes(StandardCharsets.ISO_8859_1);
        UciDocument document = UciDocument.parse("test", bytes);

        assertThat(Seen.in(document.content())).containsExactly("t s", "a=\u00ff", "b=x");
        assertThat(document.with(new UciChange.SetOption("s", "b", "y")).bytes())
                .isEqualTo("config t s\n\toption a '\u00ff'\n\toption b 'y'\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void values_are_not_in_the_text_form_of_a_section() throws MalformedInputException {
        assertThat(Seen.document("config t s\noption key 'very secret'\nlist keys 'very secret'")
                        .content()
                        .toString())
                .doesNotContain("very secret")
                .contains("key");
    }
}
