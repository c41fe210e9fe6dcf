// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.usp.MalformedInputException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A change touches its own lines, and nothing else of what an administrator wrote.
class UciDocumentTest {
    private static final String TEXT = """
            # Wi-Fi of the ground floor
            config wifi-device radio0
                    option channel  36   # see the survey
                    option country "DE"

            # for guests; ask Anna before changing it
            config wifi-iface
            \toption device 'radio0'
            \toption ssid 'Guests' # not the other one
            \t# two old tablets
            \tlist maclist '02:00:00:00:00:01'
            \tlist maclist '02:00:00:00:00:02'

            config wifi-iface 'home'
            \toption ssid 'Home'; option key 'secret12'
            """;

    private static String changed(UciChange... changes) throws MalformedInputException, UciRefusedException {
        UciDocument document = Seen.document(TEXT);
        for (UciChange change : changes) {
            document = document.with(change);
        }
        return Seen.text(document);
    }

    @Test
    void an_option_is_written_in_its_place() throws Exception {
        assertThat(changed(new UciChange.SetOption("radio0", "channel", "44")))
                .isEqualTo(TEXT.replace("option channel  36   #", "option channel  '44'   #"));
        assertThat(changed(new UciChange.SetOption("@wifi-iface[0]", "ssid", "it's ours")))
                .isEqualTo(TEXT.replace("'Guests'", "'it'\\''s ours'"));
        assertThat(changed(new UciChange.SetOption("home", "ssid", "Haus")))
                .isEqualTo(TEXT.replace("option ssid 'Home';", "option ssid 'Haus';"));
    }

    @Test
    void a_value_that_is_there_already_changes_nothing() throws Exception {
        UciDocument document = Seen.document(TEXT);

        assertThat(document.with(new UciChange.SetOption("radio0", "country", "DE")))
                .isSameAs(document);
        assertThat(document.with(new UciChange.DeleteOption("radio0", "absent")))
                .isSameAs(document);
        assertThat(document.with(new UciChange.RemoveItem("cfg023579", "maclist", "none")))
                .isSameAs(document);
        assertThat(document.with(new UciChange.SetItems(
                        "cfg023579", "maclist", List.of("02:00:00:00:00:01", "02:00:00:00:00:02"))))
                .isSameAs(document);
    }

    @Test
    void a_new_option_stands_last_in_its_section_indented_as_the_others() throws Exception {
        assertThat(changed(new UciChange.SetOption("radio0", "disabled", "1")))
                .isEqualTo(TEXT.replace(
                        "option country \"DE\"\n", "option country \"DE\"\n        option disabled '1'\n"));
        assertThat(changed(new UciChange.SetOption("home", "hidden", "1")))
                .isEqualTo(TEXT.replace("'secret12'\n", "'secret12'\n\toption hidden '1'\n"));
    }

    @Test
    void a_deleted_option_takes_its_line_along_but_no_comment() throws Exception {
        assertThat(changed(new UciChange.SetOption("radio0", "country", "")))
                .isEqualTo(TEXT.replace("        option country \"DE\"\n", ""));
        assertThat(changed(new UciChange.DeleteOption("radio0", "channel"))).contains("# see the survey");
        assertThat(changed(new UciChange.DeleteOption("home", "ssid")))
                .isEqualTo(TEXT.replace("option ssid 'Home'; ", ""));
        assertThat(changed(new UciChange.DeleteOption("home", "key")))
                .isEqualTo(TEXT.replace("; option key 'secret12'", ""));
    }

    @Test
    void lists_are_changed_item_by_item() throws Exception {
        assertThat(changed(new UciChange.AddItem("cfg023579", "maclist", "x")))
                .isEqualTo(TEXT.replace("00:02'\n", "00:02'\n\tlist maclist 'x'\n"));
        assertThat(changed(new UciChange.RemoveItem("cfg023579", "maclist", "02:00:00:00:00:01")))
                .isEqualTo(TEXT.replace("\tlist maclist '02:00:00:00:00:01'\n", ""));
        assertThat(changed(new UciChange.RemoveItemAt("cfg023579", "maclist", 1)))
                .isEqualTo(TEXT.replace("\tlist maclist '02:00:00:00:00:02'\n", ""));
        assertThat(changed(new UciChange.SetItems("cfg023579", "maclist", List.of("a", "b", "c"))))
                .isEqualTo(TEXT.replace(
                        "\tlist maclist '02:00:00:00:00:01'\n\tlist maclist '02:00:00:00:00:02'\n",
                        "\tlist maclist 'a'\n\tlist maclist 'b'\n\tlist maclist 'c'\n"));
        assertThat(changed(new UciChange.SetOption("cfg023579", "maclist", "a")))
                .isEqualTo(TEXT.replace(
                        "\tlist maclist '02:00:00:00:00:01'\n\tlist maclist '02:00:00:00:00:02'\n",
                        "\toption maclist 'a'\n"));
    }

    @Test
    void a_section_comes_last_with_a_blank_line_before_it() throws Exception {
        assertThat(changed(
                        new UciChange.PutSection("lab", "wifi-iface"), new UciChange.SetOption("lab", "ssid", "Lab")))
                .isEqualTo(TEXT + "\nconfig wifi-iface 'lab'\n\toption ssid 'Lab'\n\n");
        assertThat(Seen.text(Seen.document("").with(new UciChange.PutSection("a", "t"))))
                .isEqualTo("\nconfig t 'a'\n\n");
    }

    @Test
    void a_deleted_section_leaves_the_comments_and_the_other_sections() throws Exception {
        String left = changed(new UciChange.DeleteSection("cfg023579"));

        assertThat(Seen.in(left))
                .containsExactly(
                        "wifi-device radio0",
                        "channel=36",
                        "country=DE",
                        "wifi-iface home",
                        "ssid=Home",
                        "key=secret12");
        assertThat(left).contains("ask Anna", "two old tablets", "the survey", "# not the other one");
    }

    @Test
    void an_anonymous_section_gets_a_name_that_stays() throws Exception {
        String named = changed(new UciChange.RenameSection("cfg023579", "guests"));

        assertThat(named).isEqualTo(TEXT.replace("config wifi-iface\n", "config wifi-iface 'guests'\n"));
        assertThat(changed(new UciChange.RenameSection("home", "house"))).isEqualTo(TEXT.replace("'home'", "'house'"));
        assertThatExceptionOfType(UciRefusedException.class)
                .isThrownBy(() -> changed(new UciChange.RenameSection("cfg023579", "home")))
                .withMessageContaining("cannot be called home");
    }

    @Test
    void adoption_names_the_anonymous_sections_of_a_type() throws Exception {
        UciDocument document =
                Seen.document("config a\nconfig wifi-iface\nconfig wifi-iface wifi_iface_1\nconfig wifi-iface\n");
        for (UciChange change : UciAdoption.of(document.content(), Set.of("wifi-iface"))) {
            document = document.with(change);
        }

        assertThat(Seen.text(document)).isEqualTo("""
                        config a
                        config wifi-iface 'wifi_iface_2'
                        config wifi-iface wifi_iface_1
                        config wifi-iface 'wifi_iface_3'
                        """);
        assertThat(UciAdoption.of(document.content(), Set.of("wifi-iface"))).isEmpty();
    }

    @Test
    void what_anonymous_sections_are_called_lasts_for_a_series_of_changes() throws Exception {
        UciDocument document = Seen.document("config a\nconfig b\nconfig b\n");
        String third = document.content().sections().getLast().id();

        document = document.with(new UciChange.DeleteSection("@a[0]")).with(new UciChange.SetOption(third, "x", "1"));

        assertThat(Seen.text(document)).isEqualTo("config b\nconfig b\n\toption x '1'\n");
    }

    @Test
    void a_section_changes_its_place_with_the_comment_above_it() throws Exception {
        assertThat(changed(new UciChange.Reorder("cfg023579", 0)))
                .startsWith("# for guests; ask Anna before changing it\nconfig wifi-iface\n")
                .endsWith("config wifi-iface 'home'\n\toption ssid 'Home'; option key 'secret12'\n");
        assertThat(Seen.in(changed(new UciChange.Reorder("home", 1))).getFirst())
                .isEqualTo("wifi-device radio0");
        assertThat(Seen.text(
                        Seen.document("config a x\noption v '\n# '\nconfig b y").with(new UciChange.Reorder("y", 0))))
                .isEqualTo("config b y\nconfig a x\noption v '\n# '\n");
    }

    @Test
    void a_section_that_is_not_there_is_told() {
        assertThatExceptionOfType(UciRefusedException.class)
                .isThrownBy(() -> changed(new UciChange.SetOption("gone", "a", "1")))
                .withMessage("uci: no section gone in test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-b", "", "a b", "é", "a.b"})
    void names_that_uci_does_not_take_are_refused(String name) {
        assertThatExceptionOfType(UciRefusedException.class)
                .isThrownBy(() -> changed(new UciChange.SetOption("home", name, "1")));
        assertThatExceptionOfType(UciRefusedException.class)
                .isThrownBy(() -> changed(new UciChange.PutSection(name, "t")));
        assertThatExceptionOfType(UciRefusedException.class)
                .isThrownBy(() -> changed(new UciChange.RenameOption("home", "ssid", name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\u0001", "\u001b[31m"})
    void control_characters_are_refused(String value) {
        assertThatExceptionOfType(UciRefusedException.class)
                .isThrownBy(() -> changed(new UciChange.SetOption("home", "ssid", value)))
                .withMessageContaining("control characters");
    }

    @Test
    void a_type_that_would_need_quotes_is_refused() {
        for (String type : List.of("a'b", "a;b", "a#b", "a\\b", "", "a b")) {
            assertThatExceptionOfType(UciRefusedException.class)
                    .isThrownBy(() -> changed(new UciChange.PutSection("new", type)));
        }
    }

    @Test
    void what_would_become_too_large_is_refused() {
        assertThatExceptionOfType(UciRefusedException.class)
                .isThrownBy(() -> changed(new UciChange.SetOption("home", "ssid", "x".repeat(Limits.FILE_BYTES))))
                .withMessageContaining("would be larger");
    }

    @Test
    void a_change_that_would_join_lines_of_another_section_is_refused() throws Exception {
        UciDocument document = Seen.document("config a\nconfig b\\\n\nconfig c\nconfig d\\");
        List<UciSection> sections = document.content().sections();
        for (UciSection section : sections) {
            try {
                assertThat(document.with(new UciChange.DeleteSection(section.id()))
                                .content()
                                .sections())
                        .isEqualTo(sections.stream()
                                .filter(other -> !other.equals(section))
                                .toList());
            } catch (UciRefusedException refused) {
                assertThat(refused).hasMessageContaining("backslash");
            }
        }
        String joined = sections.get(2).id();
        assertThatExceptionOfType(UciRefusedException.class)
                .isThrownBy(() -> document.with(new UciChange.DeleteSection(joined)))
                .withMessageContaining("would change in another section too");
    }
}
