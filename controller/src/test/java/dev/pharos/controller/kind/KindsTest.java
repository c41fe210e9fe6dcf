// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.kind.DeviceMatch.Field;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.cwmp.soap.Dialect;
import dev.pharos.cwmp.soap.WritingQuirks.BooleanValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KindsTest {
    private static final DeviceIdentity BOX =
            new DeviceIdentity("ACME Inc.", "00256d", "Box 7", "Box", "S 1", "rev B", "1.0.4");

    private static Kind kind(String name, Map<Field, List<String>> match, Map<Quirk, List<String>> quirks) {
        return new Kind(name, "seen", name + ".yaml:1", new DeviceMatch(match), quirks, List.of());
    }

    @Test
    void a_device_is_of_a_kind_where_all_fields_fit_whatever_their_case_and_with_stars() {
        assertThat(matches(Map.of())).isTrue();
        assertThat(matches(Map.of(Field.OUI, List.of("00256D")))).isTrue();
        assertThat(matches(Map.of(Field.MANUFACTURER, List.of("acme*")))).isTrue();
        assertThat(matches(Map.of(Field.SOFTWARE_VERSION, List.of("2.*", "1.*.4"))))
                .isTrue();
        assertThat(matches(Map.of(Field.SOFTWARE_VERSION, List.of("1.0")))).isFalse();
        assertThat(matches(Map.of(Field.OUI, List.of("00256D"), Field.PRODUCT_CLASS, List.of("Bo"))))
                .isFalse();
        assertThat(matches(Map.of(Field.MANUFACTURER, List.of("ACME.Inc.")))).isFalse();
    }

    private static boolean matches(Map<Field, List<String>> match) {
        return new DeviceMatch(match).matches(BOX);
    }

    @Test
    void of_what_several_kinds_say_the_closest_counts_and_among_equals_the_last() {
        Kind wide =
                kind("wide", Map.of(), Map.of(Quirk.BOOLEANS, List.of("words"), Quirk.VALUES_AT_ONCE, List.of("8")));
        Kind close = kind(
                "close",
                Map.of(Field.PRODUCT_CLASS, List.of("Box"), Field.SOFTWARE_VERSION, List.of("1.*")),
                Map.of(Quirk.BOOLEANS, List.of("digits")));
        Kind middle = kind(
                "middle",
                Map.of(Field.PRODUCT_CLASS, List.of("B*")),
                Map.of(Quirk.BOOLEANS, List.of("words"), Quirk.DISCOVERY, List.of("levels")));
        Kind own = kind("own", Map.of(Field.PRODUCT_CLASS, List.of("*x")), Map.of(Quirk.DISCOVERY, List.of("values")));
        Kind other = kind("other", Map.of(Field.OUI, List.of("FFFFFF")), Map.of(Quirk.CHARSET, List.of("UTF-16")));

        Manner manner = new Kinds(List.of(close, wide, middle, own, other)).mannerFor(BOX);

        assertThat(manner.dialect().writing().booleans()).isEqualTo(BooleanValues.DIGITS);
        assertThat(manner.valuesAtOnce()).hasValue(8);
        assertThat(manner.discovery()).isEqualTo(Manner.Discovery.VALUES);
        assertThat(manner.applied())
                .extracting(each -> each.quirk() + " by " + each.kind().name())
                .containsExactly("BOOLEANS by close", "DISCOVERY by own", "VALUES_AT_ONCE by wide");
    }

    @Test
    void whom_nobody_says_anything_of_is_treated_as_all() {
        Manner manner = Kinds.NONE.mannerFor(BOX);

        assertThat(manner.applied()).isEmpty();
        assertThat(manner.dialect()).isEqualTo(Dialect.FIELD);
        assertThat(manner.takesPartialPaths()).isTrue();
        assertThat(manner.takesUnknownNames()).isTrue();
        assertThat(manner.comesTogether()).isFalse();
    }

    @Test
    void every_quirk_says_what_may_stand_there() {
        assertThat(Quirk.BOOLEANS.objection(List.of("yes"))).hasValue("\"booleans\" must be digits or words");
        assertThat(Quirk.VALUES_AT_ONCE.objection(List.of("0")))
                .hasValue("\"values-at-once\" must be a number, 1 to 256");
        assertThat(Quirk.VALUES_AT_ONCE.objection(List.of("257"))).isPresent();
        assertThat(Quirk.CHARSET.objection(List.of("no charset"))).isPresent();
        assertThat(Quirk.CHARSET.objection(List.of("ISO-8859-1"))).isEmpty();
        assertThat(Quirk.QUIET_CHANGES.objection(List.of("Device.A.*.B", "nonsense")))
                .isPresent();
        assertThat(Quirk.DISCOVERY.objection(List.of("levels", "values"))).isPresent();
        assertThatThrownBy(() -> kind("k", Map.of(), Map.of(Quirk.TIMES, List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_it_writes_and_in_which_charset_is_in_its_dialect() {
        Dialect dialect = new Kinds(List.of(kind(
                        "k",
                        Map.of(),
                        Map.of(
                                Quirk.CHARSET,
                                List.of("ISO-8859-1"),
                                Quirk.EMPTY_WORDS,
                                List.of("nil"),
                                Quirk.TIMES,
                                List.of("whole-seconds"),
                                Quirk.DEPLOYMENT_LISTS,
                                List.of("array")))))
                .mannerFor(BOX)
                .dialect();

        assertThat(dialect.reading().charset()).hasValue(StandardCharsets.ISO_8859_1);
        assertThat(dialect.reading().emptyWords()).containsExactlyInAnyOrder("nil", "(null)");
        assertThat(dialect.reading().illegalCharacters()).isTrue();
        assertThat(dialect.writing().times().name()).isEqualTo("WHOLE_SECONDS");
        assertThat(dialect.writing().duLists().name()).isEqualTo("ARRAY");
    }
}
