// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever is in a package, and whatever is changed of it.
class UciPropertyTest {

    @Property(tries = 100)
    void what_is_written_is_read_again(@ForAll("packages") UciPackage content)
            throws MalformedInputException, UciRefusedException {
        UciDocument document = UciDocument.parse("test", UciWriter.bytes(content));

        assertThat(Seen.in(document.content())).isEqualTo(Seen.in(content));
        assertThat(document.content()).isEqualTo(content);
    }

    @Property(tries = 100)
    void the_difference_of_two_packages_leads_from_one_to_the_other(
            @ForAll("packages") UciPackage from, @ForAll("packages") UciPackage to)
            throws MalformedInputException, UciRefusedException {
        UciDocument document = UciDocument.parse("test", UciWriter.bytes(from));
        for (UciChange change : UciDifference.between(from, to)) {
            document = document.with(change);
        }

        assertThat(byId(document.content())).isEqualTo(byId(to));
        assertThat(UciDocument.parse("test", document.bytes()).content().sections())
                .hasSameSizeAs(to.sections());
    }

    private static Map<String, String> byId(UciPackage content) {
        Map<String, String> sections = new LinkedHashMap<>();
        content.sections()
                .forEach(section -> sections.put(
                        section.id(),
                        section.type()
                                + new java.util.TreeMap<>(section.options()).keySet()
                                + section.options().keySet().stream()
                                        .sorted()
                                        .map(section::items)
                                        .toList()));
        return new java.util.TreeMap<>(sections);
    }

    @Property(tries = 100)
    void comments_and_untouched_options_survive_any_change(
            @ForAll("packages") UciPackage content, @ForAll("values") String value)
            throws MalformedInputException, UciRefusedException {
        String text = new String(UciWriter.bytes(content), StandardCharsets.UTF_8)
                .replace("\n\toption", "\n\t# kept\n\toption");
        UciDocument document = Seen.document(text);
        UciDocument changed = document;
        for (UciSection section : content.sections()) {
            changed = changed.with(new UciChange.SetOption(section.id(), "fresh", value));
        }

        assertThat(Seen.text(changed).split("# kept", -1)).hasSameSizeAs(text.split("# kept", -1));
        List<String> expected = new ArrayList<>();
        for (UciSection section : content.sections()) {
            Map<String, UciValue> options = new LinkedHashMap<>(section.options());
            options.put("fresh", new UciValue.Text(value));
            expected.addAll(Seen.in(new UciPackage(
                    "test", List.of(new UciSection(section.id(), section.type(), section.anonymous(), options)))));
        }
        assertThat(Seen.in(changed.content())).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of("a", "'", "\"", "\\", "#", ";", " ", "\n", "\t", "é", "\u4f60", "config x", "$", "\r")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    private Arbitrary<UciValue> options() {
        return Arbitraries.oneOf(
                values().map(UciValue.Text::new),
                values().list().ofMinSize(1).ofMaxSize(3).map(UciValue.Items::new));
    }

    @Provide
    Arbitrary<UciPackage> packages() {
        Arbitrary<Map<String, UciValue>> options = Arbitraries.maps(
                        Arbitraries.of("ssid", "key", "a_b", "X9"), options())
                .ofMaxSize(4);
        Arbitrary<UciSection> sections = Combinators.combine(
                        Arbitraries.of("home", "guest", "radio0", ""),
                        Arbitraries.of("t", "wifi-iface", "a.b!"),
                        options)
                .as((name, type, values) -> new UciSection(name, type, name.isEmpty(), values));
        return sections.list().ofMaxSize(5).map(UciPropertyTest::named);
    }

    /// Each name once, the anonymous ones called as uci does.
    private static UciPackage named(List<UciSection> sections) {
        Map<String, UciSection> byId = new LinkedHashMap<>();
        for (UciSection section : sections) {
            String id = section.anonymous() ? UciNames.anonymous(byId.size() + 1, section.type()) : section.id();
            byId.putIfAbsent(id, new UciSection(id, section.type(), section.anonymous(), section.options()));
        }
        return new UciPackage("test", List.copyOf(byId.values()));
    }
}
