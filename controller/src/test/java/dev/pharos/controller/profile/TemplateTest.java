// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {
    static final Facts FACTS = new Facts(
            EndpointId.of("os::0200F0-77"),
            new DeviceIdentity("Acme", "0200F0", "HomeBox 3", "HB", "SN-4711", "", "1.2"),
            List.of("pilot", "region=North Sea", "empty="),
            Map.of("ssid", "Grüße 😀", "key", "s3cret"));

    static String rendered(String text) throws TemplateException {
        return switch (Template.parse(text).render(FACTS)) {
            case Said.Value(String value) -> value;
            case Said.Nothing(String why) -> "nothing: " + why;
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain                      | plain
            {serial}                   | SN-4711
            Home-{serial:last 4}       | Home-4711
            {model:first 4:upper}      | HOME
            {tag.region:lower}         | north sea
            {attribute.ssid:last 2}    | ' 😀'
            {id} {oui} {class}         | os::0200F0-77 0200F0 HB
            {{serial}} {{{serial}}}    | {serial} {SN-4711}
            {hardware}                 | nothing: the device has no hardware
            {tag.pilot}                | nothing: the device has no tag pilot=…
            {tag.empty}                | nothing: the device has no tag empty=…
            {attribute.pppoe}          | nothing: the device has no attribute pppoe
            {attribute.url:or http://x.example:8080/a} | http://x.example:8080/a
            {attribute.x:or Y:lower}   | Y:lower
            {hardware:upper:or none}   | none
            {manufacturer:or other}    | Acme
            {hardware:or}              | ''
            """)
    void each_device_fills_the_places_of_a_value(String text, String value) throws Exception {
        assertThat(rendered(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {           | 0
            a{serial    | 1
            a}          | 1
            {}          | 1
            {nothing}   | 1
            {tag.}      | 1
            {serial:}   | 8
            {serial:last 0} | 8
            {serial:upper:last x} | 14
            {serial{id}} | 1
            """)
    void what_is_no_template_is_refused_at_its_place(String text, int position) {
        assertThatThrownBy(() -> Template.parse(text)).isInstanceOfSatisfying(TemplateException.class, wrong -> {
            assertThat(wrong.position()).isEqualTo(position);
            assertThat(wrong.reason()).isNotBlank();
        });
    }

    @Test
    void a_value_that_would_be_too_long_is_none() throws Exception {
        Facts long_ = new Facts(FACTS.id(), FACTS.identity(), List.of(), Map.of("a", "x".repeat(1_000)));
        assertThat(Template.parse("{attribute.a}".repeat(100)).render(long_)).isInstanceOf(Said.Nothing.class);
        assertThatThrownBy(() -> Template.parse("x".repeat(Limits.VALUE + 1))).isInstanceOf(TemplateException.class);
    }

    @Property
    void any_text_is_read_or_refused_at_a_place_within_it(@ForAll @StringLength(max = 60) String text) {
        try {
            assertThat(Template.parse(text).render(FACTS)).isNotNull();
        } catch (TemplateException refused) {
            assertThat(refused.position()).isBetween(0, text.length());
        }
    }

    @Property
    void a_literal_is_itself_for_each_device(@ForAll @StringLength(max = 60) String text) throws TemplateException {
        assertThat(rendered(Template.literal(text).text())).isEqualTo(text);
        assertThat(Template.literal(text).isPlain()).isTrue();
    }
}
