// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.profile.Finding.State;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.usp.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ResolutionTest {
    private static final SecretMark MARKS = (device, path, secret) -> Bytes.ofUtf8(path + "=" + secret.hashCode());

    private static Template template(String text) {
        try {
            return Template.parse(text);
        } catch (TemplateException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static ParameterPattern path(String text) {
        return ParameterPattern.of(text).orElseThrow();
    }

    private static Profile profile(String name, int priority, String... assignments) {
        Map<ParameterPattern, Template> parameters = new TreeMap<>(java.util.Comparator.comparing(Object::toString));
        for (String each : assignments) {
            parameters.put(path(each.split("=", 2)[0]), template(each.split("=", 2)[1]));
        }
        return new Profile(name, "", priority, parameters, List.of());
    }

    private static Profile row(String name, int priority, String object, String key, String... values) {
        TreeMap<String, Template> wanted = new TreeMap<>();
        for (String each : values) {
            wanted.put(each.split("=", 2)[0], template(each.split("=", 2)[1]));
        }
        return new Profile(
                name,
                "",
                priority,
                Map.of(),
                List.of(new Profile.Row(object, new TreeMap<>(Map.of("Alias", template(key))), wanted)));
    }

    private static Known known(boolean whole, String... values) {
        TreeMap<String, String> map = new TreeMap<>();
        for (String each : values) {
            map.put(each.split("=", 2)[0], each.split("=", 2)[1]);
        }
        return new Known(map, Map.of(), whole);
    }

    private static Findings found(Known known, Profile... profiles) {
        return Findings.of(
                Resolution.of(List.of(profiles), TemplateTest.FACTS, known),
                known,
                new Findings.Lens(
                        TemplateTest.FACTS.id(), SecretParameters.BY_NAME, MARKS, path -> !path.contains("Nothing")),
                Set.of());
    }

    private static Finding single(Findings findings) {
        assertThat(findings.all()).hasSize(1);
        return findings.all().getFirst();
    }

    @Test
    void the_higher_priority_wins_and_says_over_whom() {
        Finding finding = single(found(
                known(true, "Device.A=1"),
                profile("base", 10, "Device.A=2"),
                profile("wifi", 20, "Device.A=3"),
                profile("other", 5, "Device.A=3")));
        assertThat(finding.state()).isEqualTo(State.DIFFERS);
        assertThat(finding.wanted()).contains("3");
        assertThat(finding.known()).contains("1");
        assertThat(finding.why())
                .isEqualTo("wanted by wifi (priority 20); won over base (priority 10); other (priority 5), which wants"
                        + " the same");
    }

    @Test
    void the_same_priority_with_another_value_is_a_contradiction_and_nothing_is_wanted() {
        Finding finding = single(
                found(known(true, "Device.A=1"), profile("b", 10, "Device.A=2"), profile("a", 10, "Device.A=3")));
        assertThat(finding.state()).isEqualTo(State.CONTRADICTION);
        assertThat(finding.wanted()).isEmpty();
        assertThat(finding.why()).contains("a (priority 10), b (priority 10)");
        assertThat(single(found(
                                known(true, "Device.A=true"),
                                profile("b", 10, "Device.A=1"),
                                profile("a", 10, "Device.A=true")))
                        .state())
                .as("two ways to write one boolean")
                .isEqualTo(State.SAME);
    }

    @Test
    void what_a_profile_cannot_say_is_left_and_not_given_to_a_lower_one() {
        Finding finding = single(found(
                known(true, "Device.A=1"),
                profile("low", 1, "Device.A=2"),
                profile("high", 2, "Device.A={attribute.none}")));
        assertThat(finding.state()).isEqualTo(State.UNSAID);
        assertThat(finding.why()).isEqualTo("high (priority 2) cannot say it: the device has no attribute none");
    }

    @Test
    void a_path_with_rows_means_those_that_are_there() {
        Known known = known(true, "Device.R.1.C=6", "Device.R.2.C=11", "Device.R.2.X.C=1", "Device.R.x.C=1");
        Findings findings = found(known, profile("all", 1, "Device.R.*.C=11"), profile("one", 2, "Device.R.1.C=36"));
        assertThat(findings.all())
                .extracting(Finding::path, Finding::place, Finding::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Device.R.1.C", "Device.R.1.C", State.DIFFERS),
                        org.assertj.core.groups.Tuple.tuple("Device.R.2.C", "Device.R.*.C", State.SAME));
        assertThat(found(known(true), profile("all", 1, "Device.R.*.C=11")).all())
                .isEmpty();
        assertThat(single(found(known(false), profile("all", 1, "Device.R.*.C=11")))
                        .state())
                .isEqualTo(State.UNKNOWN);
    }

    @Test
    void a_row_is_found_by_its_keys_and_added_where_it_is_not_there() {
        Known known = known(true, "Device.T.2.Alias=web", "Device.T.2.P=80", "Device.T.10.Alias=web");
        Findings there = found(known, row("p", 1, "Device.T.", "web", "P=81", "Q=1"));
        assertThat(there.rows()).isEmpty();
        assertThat(there.all())
                .extracting(Finding::path, Finding::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Device.T.2.P", State.DIFFERS),
                        org.assertj.core.groups.Tuple.tuple("Device.T.2.Q", State.UNKNOWN));
        Findings missing = found(
                known, row("p", 1, "Device.T.", "x-{serial}", "P=81"), row("q", 2, "Device.T.", "x-SN-4711", "P=82"));
        assertThat(missing.rows()).singleElement().satisfies(row -> {
            assertThat(row.object()).isEqualTo("Device.T.");
            assertThat(row.values()).isEqualTo(Map.of("Alias", "x-SN-4711", "P", "82"));
        });
        assertThat(single(missing).path()).isEqualTo("Device.T.[Alias==\"x-SN-4711\"].");
        assertThat(single(missing).state()).isEqualTo(State.MISSING);
    }

    @Test
    void a_row_of_which_something_cannot_be_said_is_not_added() {
        Findings findings = found(known(true), row("p", 1, "Device.T.", "web", "P=1", "Q={tag.none}"));
        assertThat(findings.rows()).isEmpty();
        assertThat(single(findings).state()).isEqualTo(State.UNSAID);
        assertThat(single(found(known(true), row("p", 1, "Device.T.", "{tag.none}", "P=1")))
                        .state())
                .isEqualTo(State.UNSAID);
        assertThat(single(found(known(false), row("p", 1, "Device.T.", "web", "P=1")))
                        .state())
                .isEqualTo(State.UNKNOWN);
    }

    @Test
    void what_the_data_model_has_not_is_lacking_and_not_asked_for() {
        assertThat(single(found(known(true), profile("p", 1, "Device.Nothing=1")))
                        .state())
                .isEqualTo(State.LACKING);
        Findings row = found(known(true), row("p", 1, "Device.Nothing.", "web"));
        assertThat(single(row).state()).isEqualTo(State.LACKING);
        assertThat(row.rows()).isEmpty();
    }

    @Test
    void a_secret_differs_until_it_was_written_and_is_shown_nowhere() {
        Profile profile = profile("p", 1, "Device.KeyPassphrase={attribute.key}");
        Finding first = single(found(known(true, "Device.KeyPassphrase="), profile));
        assertThat(first.state()).isEqualTo(State.DIFFERS);
        assertThat(first.secret()).isTrue();
        assertThat(first.known()).isEmpty();
        Known written = new Known(
                new TreeMap<>(),
                Map.of("Device.KeyPassphrase", MARKS.of(TemplateTest.FACTS.id(), "Device.KeyPassphrase", "s3cret")),
                true);
        assertThat(single(found(written, profile)).state()).isEqualTo(State.SAME);
        PlanTally tally = new PlanTally();
        tally.add(
                TemplateTest.FACTS.id(), found(known(true), profile, row("r", 1, "Device.T.", "a", "Password=s3cret")));
        assertThat(tally.plan().toString()).contains("******").doesNotContain("s3cret");
    }

    @Test
    void a_plan_takes_the_same_room_for_any_number_of_devices() {
        PlanTally tally = new PlanTally();
        for (int i = 0; i < 5_000; i++) {
            tally.add(
                    TemplateTest.FACTS.id(),
                    found(known(true, "Device.A=" + i, "Device.B=0"), profile("p", 1, "Device.A=x", "Device.B=1")));
        }
        ProfilePlan plan = tally.plan();
        assertThat(plan.counts()).isEqualTo(new ProfilePlan.Counts(5_000, 5_000, 0, 0, 0));
        assertThat(plan.counts().sentence()).isEqualTo("Would change 5,000 of 5,000 devices.");
        assertThat(plan.groups()).hasSize(2).allSatisfy(group -> {
            assertThat(group.devices()).isEqualTo(5_000);
            assertThat(group.before().stream()
                                    .mapToLong(ProfilePlan.Before::places)
                                    .sum()
                            + group.others())
                    .isEqualTo(5_000);
            assertThat(group.before()).hasSizeLessThanOrEqualTo(Limits.BEFORE);
            assertThat(group.examples()).hasSize(Limits.EXAMPLES);
        });
        assertThat(new PlanTally().plan().counts().sentence())
                .isEqualTo("No device is meant, so nothing would change.");
    }

    /// Some profiles over few paths and values, so that they meet each other.
    private static List<Profile> some(Random random) {
        List<Profile> profiles = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            List<String> assignments = new ArrayList<>();
            for (String path : List.of("Device.A", "Device.R.1.C", "Device.R.*.C", "Device.*.1.C")) {
                if (random.nextBoolean()) {
                    assignments.add(
                            path + "=" + List.of("1", "true", "x", "{tag.none}").get(random.nextInt(4)));
                }
            }
            profiles.add(profile("p" + i, random.nextInt(3), assignments.toArray(String[]::new)));
        }
        return profiles;
    }

    @Property
    void what_is_wanted_does_not_depend_on_the_order_of_the_profiles(@ForAll long seed) {
        Random random = new Random(seed);
        List<Profile> profiles = some(random);
        Known known = known(random.nextBoolean(), "Device.R.1.C=1", "Device.R.2.C=0", "Device.A=x");
        Resolution one = Resolution.of(profiles, TemplateTest.FACTS, known);
        Collections.shuffle(profiles, random);
        assertThat(Resolution.of(profiles, TemplateTest.FACTS, known)).isEqualTo(one);
    }

    @Property
    void the_winner_is_of_the_highest_priority_that_says_anything_and_what_is_written_is_not_wanted_again(
            @ForAll long seed) {
        Random random = new Random(seed);
        Profile[] profiles = some(random).toArray(Profile[]::new);
        Known known = known(true, "Device.R.1.C=1", "Device.R.2.C=0", "Device.A=x");
        TreeMap<String, String> after = new TreeMap<>(known.values());
        for (Finding finding : found(known, profiles).all()) {
            int highest = java.util.Arrays.stream(profiles)
                    .filter(profile -> profile.parameters().keySet().stream()
                            .anyMatch(pattern -> known.paths(pattern).contains(finding.path())))
                    .mapToInt(Profile::priority)
                    .max()
                    .orElseThrow();
            assertThat(java.util.Arrays.stream(profiles)
                            .filter(profile -> profile.name().equals(finding.profile()))
                            .mapToInt(Profile::priority))
                    .containsOnly(highest);
            finding.wanted().ifPresent(value -> after.put(finding.path(), value));
        }
        Findings again = found(new Known(after, Map.of(), true), profiles);
        assertThat(again.changes()).isFalse();
        assertThat(Optional.of(again.all().size()))
                .contains(found(known, profiles).all().size());
    }
}
