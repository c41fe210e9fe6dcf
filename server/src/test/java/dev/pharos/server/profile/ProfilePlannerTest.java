// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.profile.DeviceLenses;
import dev.pharos.controller.profile.Finding.State;
import dev.pharos.controller.profile.Findings;
import dev.pharos.controller.profile.Lookout;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.ProfilePlan;
import dev.pharos.controller.profile.ProfiledDevice;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.server.store.AttributeStore;
import dev.pharos.server.store.PostgresDeviceStore;
import dev.pharos.server.store.PostgresModelStore;
import dev.pharos.server.store.PostgresProfiledDevices;
import dev.pharos.server.store.PostgresTwinStore;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.server.yaml.YamlException;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Plans over a real PostgreSQL.
final class ProfilePlannerTest {
    private final PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
    private final PostgresTwinStore twins = new PostgresTwinStore(TestDatabase.database());
    private final AttributeStore attributes = new AttributeStore(TestDatabase.database());
    private final PostgresProfiledDevices profiled = new PostgresProfiledDevices(TestDatabase.database());
    private final ProfilePlanner planner = new ProfilePlanner(
            QueryParser::parse,
            profiled,
            new DeviceLenses(
                    new PostgresModelStore(TestDatabase.database()),
                    SecretMarks.with(new ServerKeyStore(TestDatabase.database()))));

    @AfterEach
    void clean() {
        devices.list(new dev.pharos.controller.store.DeviceQuery(
                        dev.pharos.controller.query.Condition.EVERYTHING,
                        dev.pharos.controller.store.DeviceQuery.Sort.ID,
                        false,
                        10_000,
                        ""))
                .items()
                .forEach(device -> devices.delete(device.id()));
    }

    private EndpointId device(String name, String serial, boolean onboarded, String... values) {
        EndpointId id = EndpointId.of("proto::" + name);
        devices.create(DeviceRecord.unseen(id, true, true, Instant.now())
                .withIdentity(new DeviceIdentity("Acme", "", "Box", "", serial, "", "1"))
                .withTags(List.of("of-plan", "region=north"))
                .withOnboarded(onboarded));
        List<TwinValue> known = new ArrayList<>();
        for (String value : values) {
            known.add(new TwinValue(
                    value.split("=", 2)[0], value.split("=", 2)[1], false, Instant.now(), TwinValue.Source.GET));
        }
        twins.put(id, known);
        return id;
    }

    private static List<Profile> read(String text) throws YamlException {
        return ProfileFile.read(text).stream().map(ProfileFile.Written::profile).toList();
    }

    private static ProfilePlan.Group group(ProfilePlan plan, State state, String place) {
        return plan.groups().stream()
                .filter(group -> group.state() == state && group.place().equals(place))
                .findFirst()
                .orElseThrow(() -> new AssertionError(plan));
    }

    @Test
    void a_plan_says_what_would_change_from_what_the_twins_know() throws Exception {
        EndpointId one = device("one", "S1", true, "Device.W.SSID=Old", "Device.R.1.C=6", "Device.R.2.C=11");
        device("two", "S2", true, "Device.W.SSID=Home-S2", "Device.R.1.C=11", "Device.T.3.Alias=web", "Device.T.3.P=1");
        device("three", "S3", false);
        EndpointId other = device("other", "S4", true, "Device.W.SSID=Old");
        devices.update(other, known -> known.withTags(List.of()));
        EndpointId stranger = device("stranger", "S5", true, "Device.W.SSID=Old");
        devices.update(stranger, known -> known.withApproved(false));
        ProfilePlan plan = planner.plan(read("""
                name: p
                query: tag:of-plan
                parameters:
                  Device.W.SSID: "Home-{serial}"
                  Device.R.*.C: 11
                  Device.X.Region: "{tag.region}"
                rows:
                  - object: Device.T.
                    key: {Alias: web}
                    values: {P: 1}
                """), List.of());
        assertThat(plan.counts()).isEqualTo(new ProfilePlan.Counts(3, 1, 2, 0, 0));
        assertThat(plan.counts().sentence()).isEqualTo("Would change 1 of 3 devices; 2 must be read first.");
        ProfilePlan.Group ssid = group(plan, State.DIFFERS, "Device.W.SSID");
        assertThat(ssid.devices()).isOne();
        assertThat(ssid.wanted()).isEqualTo("Home-{serial}");
        assertThat(ssid.before()).containsExactly(new ProfilePlan.Before("Old", 1));
        assertThat(ssid.examples().getFirst().toString()).contains(one.toString(), "Old", "Home-S1");
        assertThat(group(plan, State.DIFFERS, "Device.R.*.C")
                        .examples()
                        .getFirst()
                        .path())
                .isEqualTo("Device.R.1.C");
        assertThat(group(plan, State.MISSING, "Device.T.[Alias==\"web\"].").devices())
                .isOne();
        assertThat(group(plan, State.UNKNOWN, "Device.X.Region").devices()).isEqualTo(3);
        assertThat(group(plan, State.UNKNOWN, "Device.T.[Alias==\"web\"].").devices())
                .isOne();
    }

    @Test
    void where_everything_is_as_it_should_be_nothing_would_change() throws Exception {
        device("one", "S1", true, "Device.E=1");
        device("two", "S2", true, "Device.E=true");
        ProfilePlan plan =
                planner.plan(read("{name: p, query: 'tag:of-plan', parameters: {Device.E: true}}"), List.of());
        assertThat(plan.counts()).isEqualTo(new ProfilePlan.Counts(2, 0, 0, 0, 2));
        assertThat(plan.groups()).isEmpty();
        assertThat(plan.counts().sentence()).isEqualTo("Nothing would change: all 2 devices are as they should be.");
    }

    @Test
    void profiles_that_hold_have_a_say_and_contradictions_are_shown() throws Exception {
        device("one", "S1", true, "Device.A=1", "Device.B=1", "Device.C=1");
        List<Profile> held = read("""
                name: held
                query: model = Box
                priority: 5
                parameters: {Device.A: held, Device.B: held, Device.C: held, Device.D: not asked for}
                ---
                name: elsewhere
                query: tag:nowhere
                priority: 1000
                parameters: {Device.A: elsewhere}
                """);
        ProfilePlan plan = planner.plan(read("""
                name: fresh
                query: tag:of-plan
                priority: 5
                parameters: {Device.A: held, Device.B: fresh}
                ---
                name: higher
                query: tag:of-plan
                priority: 6
                parameters: {Device.C: higher}
                """), held);
        assertThat(plan.contradictory()).isTrue();
        assertThat(group(plan, State.CONTRADICTION, "Device.B").why())
                .contains("fresh (priority 5), held (priority 5)");
        assertThat(group(plan, State.DIFFERS, "Device.A").why())
                .isEqualTo("wanted by fresh (priority 5); won over held (priority 5), which wants the same");
        assertThat(group(plan, State.DIFFERS, "Device.C").why())
                .isEqualTo("wanted by higher (priority 6); won over held (priority 5)");
        assertThat(plan.groups()).hasSize(3);
    }

    @Test
    void attributes_fill_values_and_what_a_device_has_not_is_said() throws Exception {
        EndpointId one = device("one", "S1", true, "Device.A=1");
        device("two", "S2", true, "Device.A=1");
        assertThat(attributes.put(one, Map.of("ssid", "Grüße"))).isTrue();
        assertThat(attributes.put(EndpointId.of("proto::nobody"), Map.of())).isFalse();
        assertThat(attributes.of(one)).contains(Map.of("ssid", "Grüße"));
        ProfilePlan plan = planner.plan(
                read("{name: p, query: 'tag:of-plan', parameters: {Device.A: '{attribute.ssid}'}}"), List.of());
        assertThat(plan.counts()).isEqualTo(new ProfilePlan.Counts(2, 1, 0, 1, 0));
        assertThat(group(plan, State.DIFFERS, "Device.A").examples().getFirst().after())
                .contains("Grüße");
        assertThat(group(plan, State.UNSAID, "Device.A").why()).contains("the device has no attribute ssid");
    }

    @Test
    void devices_are_looked_at_in_steps_however_many_they_are() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            EndpointId id = EndpointId.of(String.format("proto::many-%04d", i));
            devices.create(DeviceRecord.unseen(id, true, true, Instant.now()).withTags(List.of("of-plan")));
        }
        List<Integer> sizes = new ArrayList<>();
        Profile profile = read("{name: p, query: 'tag:of-plan', parameters: {Device.A: 1}}")
                .getFirst();
        Lookout lookout =
                new Lookout(List.of(new Lookout.Meant(profile, QueryParser.parse(profile.query()))), Set.of("p"));
        profiled.forEach(lookout, some -> sizes.add(some.size()));
        assertThat(sizes).containsExactly(1_000, 1_000, 500);
        ProfiledDevice one =
                profiled.find(EndpointId.of("proto::many-0042"), lookout).orElseThrow();
        Findings findings = planner.findings(one, lookout, Set.of());
        assertThat(findings.all())
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(State.UNKNOWN));
        assertThat(profiled.find(EndpointId.of("proto::nobody"), lookout)).isEmpty();
    }

    @Test
    void too_many_profiles_and_queries_of_groups_that_are_gone_are_refused() throws Exception {
        List<Profile> one = read("{name: p, query: 'group:gone', parameters: {Device.A: 1}}");
        ProfilePlanner strict = new ProfilePlanner(
                text -> dev.pharos.controller.query.Groups.resolve(
                        QueryParser.parse(text), _ -> java.util.Optional.empty()),
                profiled,
                new DeviceLenses(
                        new PostgresModelStore(TestDatabase.database()),
                        SecretMarks.with(new ServerKeyStore(TestDatabase.database()))));
        assertThatThrownBy(() -> strict.plan(one, List.of()))
                .isInstanceOfSatisfying(ProfileRefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.reason()).contains("The query of p cannot be read");
                });
        List<Profile> held = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            held.addAll(read("{name: h" + i + ", query: '', parameters: {Device.A: 1}}"));
        }
        assertThatThrownBy(() -> planner.plan(read("{name: p, query: '', parameters: {Device.A: 1}}"), held))
                .isInstanceOfSatisfying(
                        ProfileRefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(409));
    }
}
