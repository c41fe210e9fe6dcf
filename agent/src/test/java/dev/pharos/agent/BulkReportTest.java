// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.fixture.BulkProfiles;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.fixture.TestCollector;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a report is made and for whom: here as events, which need no collector.
class BulkReportTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);

    private final ManualClock clock = ManualClock.standing();
    private final Stage stage = Stage.open(
            Stage.config(List.of(
                    ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
                    ControllerConfig.of(Stage.OTHER, ControllerRole.FULL))),
            clock);
    private final BulkProfiles profiles = new BulkProfiles(stage.controller()).enabled();

    @AfterEach
    void close() {
        stage.close();
    }

    /// What the next interval brings.
    private String report() {
        stage.timer().advance(INTERVAL);
        return BulkProfiles.pushed(stage.controller()).params().getOrDefault("Data", "");
    }

    private StandardErrorCode refused(String object, Map<String, String> values) {
        UspError error = stage.controller()
                .askInVain(new SetRequest(false, List.of(new SetRequest.UpdateObject(object, Stage.settings(values)))));
        return (StandardErrorCode) error.fault().errCode();
    }

    @Test
    @Requirement("R-NOT.0")
    void a_report_comes_as_event_to_the_controller_that_made_the_profile_alone() {
        BulkProfiles.subscribe(stage.controller(1));
        String profile = profiles.pushing("JSON", "NameValuePair");
        profiles.include(profile, "", "Device.Home.Name");
        profiles.start(profile);

        stage.timer().advance(INTERVAL);

        assertThat(BulkProfiles.pushed(stage.controller()))
                .isEqualTo(new Notification.Event(
                        profile, "Push!", Map.of("Data", "{\"Report\":[{\"Device.Home.Name\":\"home\"}]}")));
        assertThat(stage.controller(1).noNotification()).isTrue();
        assertThat(stage.value(profile + "Controller")).isEqualTo("Device.LocalAgent.Controller.1");
        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Enabled");
    }

    @Test
    void the_time_of_collection_is_in_milliseconds_or_by_iso_8601() {
        String profile = profiles.pushing("JSON", "NameValuePair");
        profiles.include(profile, "n", "Device.Home.Level");
        profiles.start(profile);

        profiles.set(profile + "JSONEncoding.", Map.of("ReportTimestamp", "Unix-Epoch"));
        assertThat(report()).isEqualTo("{\"Report\":[{\"CollectionTime\":1767268860000,\"n\":0}]}");
        profiles.set(profile + "JSONEncoding.", Map.of("ReportTimestamp", "ISO-8601"));
        assertThat(report()).isEqualTo("{\"Report\":[{\"CollectionTime\":\"2026-01-01T12:02:00Z\",\"n\":0}]}");
    }

    @Test
    void what_its_owner_may_not_read_is_not_in_the_report_and_secrets_are_empty() {
        LockstepController other = stage.controller(1);
        String role = stage.add("Device.LocalAgent.ControllerTrust.Role.", Map.of("Name", "some", "Enable", "true"));
        permission(role, "1", "Device.", "rw-n");
        permission(role, "2", "Device.Home.Name", "----");
        permission(role, "3", "Device.Home.Room.2.", "----");
        profiles.set("Device.LocalAgent.Controller.2.", Map.of("AssignedRole", role.substring(0, role.length() - 1)));
        profiles.furnish();
        stage.device().publish("Device.Home.Secret", "1234");
        BulkProfiles.subscribe(other);
        BulkProfiles others = new BulkProfiles(other);
        String profile = others.make("USPEventNotif", "JSON", "60");
        others.set(profile + "JSONEncoding.", Map.of("ReportTimestamp", "None", "ReportFormat", "NameValuePair"));
        for (String parameter : List.of("Name", "Secret", "Level", "Room.*.Name")) {
            others.include(profile, "", "Device.Home." + parameter);
        }
        others.start(profile);

        stage.timer().advance(INTERVAL);

        assertThat(BulkProfiles.pushed(other).params())
                .containsEntry(
                        "Data",
                        "{\"Report\":[{\"Device.Home.Secret\":\"\",\"Device.Home.Level\":0,\"Device.Home.Room.1.Name\":\"den\"}]}");
    }

    private void permission(String role, String order, String targets, String param) {
        stage.add(
                role + "Permission.",
                Map.of(
                        "Enable", "true",
                        "Order", order,
                        "Targets", targets,
                        "Param", param,
                        "Obj", param,
                        "InstantiatedObj", param,
                        "CommandEvent", "r-xn"));
    }

    @Test
    void another_controller_cannot_say_what_is_reported_or_where_to_but_can_end_it() {
        String profile = profiles.pushing("JSON", "NameValuePair");
        profiles.include(profile, "", "Device.Home.Name");
        profiles.start(profile);
        LockstepController other = stage.controller(1);

        for (Map.Entry<String, Map<String, String>> change : Map.of(
                        profile,
                        Map.of("Protocol", "HTTP"),
                        profile + "HTTP.",
                        Map.of("URL", "https://elsewhere.example/"),
                        profile + "Parameter.1.",
                        Map.of("Reference", "Device.Home.Secret"))
                .entrySet()) {
            UspError error = other.askInVain(new SetRequest(
                    false, List.of(new SetRequest.UpdateObject(change.getKey(), Stage.settings(change.getValue())))));
            assertThat(error.fault().errMsg()).as(change.getKey()).contains("belongs to the controller");
        }
        UspError added = other.askInVain(new AddRequest(
                false,
                List.of(new AddRequest.CreateObject(
                        profile + "Parameter.", Stage.settings(Map.of("Reference", "Device.Home.Secret"))))));
        assertThat(added.fault().errMsg()).contains("belongs to the controller");
        new BulkProfiles(other).set(profile, Map.of("Enable", "false"));
        assertThat(stage.timer().size()).isZero();
        other.ask(new DeleteRequest(false, List.of(profile)));
        assertThat(stage.value("Device.BulkData.ProfileNumberOfEntries")).isEqualTo("0");
    }

    /// As an ACS makes it, or whoever else administers the device without being a controller.
    private static String ofAcs(Stage stage, String url) {
        return stage.agent().model().write(Origin.MANAGEMENT, transaction -> {
            String row = transaction.add(BulkProfiles.PROFILES);
            Map.of(
                            "Protocol", "HTTP",
                            "EncodingType", "JSON",
                            "ReportingInterval", "60",
                            "JSONEncoding.ReportFormat", "NameValuePair",
                            "JSONEncoding.ReportTimestamp", "None",
                            "HTTP.URL", url)
                    .forEach((name, value) -> transaction.set(row + name, value));
            for (String parameter : List.of("Name", "Secret")) {
                transaction.set(transaction.add(row + "Parameter.") + "Reference", "Device.Home." + parameter);
            }
            transaction.set(row + "Enable", "true");
            transaction.set(BulkProfiles.BULK_DATA + "Enable", "true");
            return row;
        });
    }

    private static void write(Stage stage, String path, String value) {
        stage.agent().model().write(Origin.MANAGEMENT, transaction -> {
            transaction.set(path, value);
            return path;
        });
    }

    @Test
    void what_an_acs_has_reported_holds_all_but_secrets_and_is_its_own_over_a_restart(@TempDir Path directory)
            throws Exception {
        String report = "{\"Report\":[{\"Device.Home.Name\":\"home\",\"Device.Home.Secret\":\"\"}]}";
        String profile;
        try (TestCollector collector = TestCollector.plain()) {
            try (Stage first = Stage.open(Stage.config().withDataDirectory(directory), clock)) {
                first.device().publish("Device.Home.Secret", "1234");
                profile = ofAcs(first, collector.url());
                first.timer().advance(INTERVAL);
                assertThat(collector.next().body()).isEqualTo(report);
                assertThat(first.value(profile + "Controller")).isEmpty();
                UspError error = first.controller().askInVain(Stage.setting(profile + "HTTP.", "URL", "https://x/"));
                assertThat(error.fault().errMsg()).contains("belongs to the controller or ACS");
                assertThatThrownBy(() -> write(first, profile + "Protocol", "USPEventNotif"))
                        .hasMessageContaining("the profile is the ACS's");
            }
            try (Stage second = Stage.open(Stage.config().withDataDirectory(directory), clock)) {
                second.timer().advance(INTERVAL);
                assertThat(collector.next().body()).isEqualTo(report);
                write(second, profile + "ReportingInterval", "120");
                Stage.set(second.controller(), profile, "Enable", "false");
                assertThat(second.timer().size()).isZero();
                second.controller().ask(new DeleteRequest(false, List.of(profile)));
            }
        }
        assertThat(Files.readString(directory.resolve("bulk-acs-profiles.properties")))
                .doesNotContain("Profile");
    }

    /// `Controller` is empty for a moment then, as in a profile of the ACS, whose rights it must not get.
    @Test
    void a_profile_goes_with_its_controller_and_does_not_become_the_acs_s() {
        new BulkProfiles(stage.controller(1)).make("HTTP", "JSON", "60");
        String row = stage.add("Device.LocalAgent.Controller.", Map.of("EndpointID", "self::third", "Enable", "false"));
        String profile = profiles.make("HTTP", "JSON", "60");
        stage.agent().model().write(Origin.DEVICE, transaction -> {
            transaction.set(profile + "Controller", row.substring(0, row.length() - 1));
            return profile;
        });
        List<String> owners = new CopyOnWriteArrayList<>();
        stage.agent()
                .model()
                .onChange(change -> change.after()
                        .object(profile)
                        .ifPresent(left -> owners.add(left.value("Controller").orElse("none"))));
        stage.controller().ask(new DeleteRequest(false, List.of(row)));
        assertThat(owners).containsExactly("");
        assertThat(stage.value("Device.BulkData.ProfileNumberOfEntries")).isEqualTo("1");
    }

    @Test
    void intervals_end_at_the_time_reference_and_at_whole_intervals_from_it() {
        String profile = profiles.pushing("JSON", "NameValuePair");
        profiles.set(profile, Map.of("ReportingInterval", "900", "TimeReference", "2001-01-01T01:42:00Z"));
        profiles.start(profile);

        // It is noon.
        assertThat(stage.timer().next()).contains(Duration.ofMinutes(12));
        stage.timer().advance(Duration.ofMinutes(12));
        assertThat(stage.timer().next()).contains(Duration.ofMinutes(15));
        profiles.set(profile, Map.of("TimeReference", "0001-01-01T00:00:00Z"));
        assertThat(stage.timer().next()).contains(Duration.ofMinutes(15));
    }

    @Test
    void a_report_is_made_at_once_where_it_is_asked_for_and_the_interval_goes_on() {
        String profile = profiles.pushing("JSON", "NameValuePair");
        profiles.include(profile, "n", "Device.Home.Name");
        OperateRequest now = new OperateRequest(profile + "ForceCollection()", "", true, Map.of());
        assertThat(stage.controller().ask(now).operationResults().getFirst().outcome())
                .isInstanceOf(OperateResponse.CommandFailure.class);
        profiles.start(profile);
        stage.timer().advance(Duration.ofSeconds(10));

        stage.controller().ask(now);

        assertThat(BulkProfiles.pushed(stage.controller()).params())
                .containsEntry("Data", "{\"Report\":[{\"n\":\"home\"}]}");
        assertThat(stage.timer().next()).contains(Duration.ofSeconds(50));
    }

    @Test
    void profiles_that_could_not_work_are_refused() {
        String profile = profiles.make("HTTP", "JSON", "60");
        assertThat(refused(profile, Map.of("Enable", "true"))).isEqualTo(StandardErrorCode.INVALID_VALUE);
        for (Map<String, String> wrong : List.of(
                Map.of("Protocol", "Pigeon"), Map.of("EncodingType", "XML"), Map.of("ReportingInterval", "4"))) {
            assertThat(refused(profile, wrong)).as(wrong.toString()).isEqualTo(StandardErrorCode.INVALID_VALUE);
        }
        for (Map<String, String> wrong : List.of(
                Map.of("URL", "http://collector.example/"),
                Map.of("URL", "https://user:secret@collector.example/"),
                Map.of("URL", "file:///etc/passwd"),
                Map.of("URL", "https://collector.example/ x"),
                Map.of("Compression", "Deflate"),
                Map.of("Method", "DELETE"))) {
            assertThat(refused(profile + "HTTP.", wrong))
                    .as(wrong.toString())
                    .isEqualTo(StandardErrorCode.INVALID_VALUE);
        }
        for (Map<String, String> wrong : List.of(
                Map.of("FieldSeparator", ""),
                Map.of("FieldSeparator", "\""),
                Map.of("RowSeparator", ","),
                Map.of("EscapeCharacter", "--"))) {
            assertThat(refused(profile + "CSVEncoding.", wrong))
                    .as(wrong.toString())
                    .isEqualTo(StandardErrorCode.INVALID_VALUE);
        }
        String parameter = profiles.include(profile, "", "Device.Home.Name");
        for (String wrong : List.of(
                "Device.Home.Nothing",
                "Device.Nowhere.",
                "Device.Home.Greet()",
                "Device.Home.Room.[Name==\"den\"].Size",
                "Device.Home..Name")) {
            assertThat(refused(parameter, Map.of("Reference", wrong)))
                    .as(wrong)
                    .isEqualTo(StandardErrorCode.INVALID_VALUE);
        }
        String query = stage.add(profile + "HTTP.RequestURIParameter.", Map.of("Name", "n"));
        assertThat(refused(query, Map.of("Name", "sn"))).isEqualTo(StandardErrorCode.INVALID_VALUE);
        assertThat(refused(query, Map.of("Reference", "Device.Home."))).isEqualTo(StandardErrorCode.INVALID_VALUE);
    }

    @Test
    void a_profile_that_stands_for_too_much_gets_no_report_and_says_so() {
        String profile = profiles.pushing("JSON", "NameValuePair");
        profiles.include(profile, "first", "Device.Home.Colour");
        stage.device().publish("Device.Home.Colour", "x".repeat(60_000));
        for (int i = 0; i < Limits.BULK_REPORT_CHARACTERS / 60_000; i++) {
            profiles.include(profile, "again" + i, "Device.Home.Colour");
        }
        profiles.start(profile);

        stage.timer().advance(INTERVAL);

        assertThat(stage.controller().noNotification()).isTrue();
        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Error");
        stage.device().publish("Device.Home.Colour", "red");
        assertThat(report()).startsWith("{\"Report\":[{\"first\":\"red\",\"again0\":\"red\"");
        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Enabled");
    }

    @Test
    void a_report_of_too_many_parameters_is_not_made() {
        String profile = profiles.pushing("JSON", "NameValuePair");
        profiles.include(profile, "", "Device.Home.");
        profiles.start(profile);
        stage.device().context().update(transaction -> {
            for (int i = 0; i < Limits.BULK_VALUES / 8; i++) {
                transaction.add("Device.Home.Room.", Map.of("Name", "r" + i));
            }
            return profile;
        });

        stage.timer().advance(INTERVAL);

        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Error");
    }

    @Test
    void there_are_as_many_profiles_and_rows_as_may_be_and_no_more() {
        String profile = profiles.make("HTTP", "JSON", "60");
        for (int i = 1; i < Limits.BULK_PROFILES; i++) {
            profiles.make("HTTP", "CSV", "60");
        }
        for (int i = 0; i < Limits.BULK_REFERENCES; i++) {
            profiles.include(profile, "n" + i, "Device.Home.Name");
        }
        for (String table : List.of(BulkProfiles.PROFILES, profile + "Parameter.")) {
            UspError error = stage.controller()
                    .askInVain(new AddRequest(false, List.of(new AddRequest.CreateObject(table, List.of()))));
            assertThat(error.fault().errCode()).as(table).isEqualTo(StandardErrorCode.RESOURCES_EXCEEDED);
        }
        assertThat(stage.get("Device.BulkData."))
                .containsEntry("MaxNumberOfProfiles", Integer.toString(Limits.BULK_PROFILES))
                .containsEntry("MaxNumberOfParameterReferences", Integer.toString(Limits.BULK_VALUES));
    }

    @Test
    void nothing_is_planned_while_bulk_data_or_the_profile_is_disabled() {
        String profile = profiles.pushing("JSON", "NameValuePair");
        assertThat(stage.timer().size()).isZero();
        profiles.start(profile);
        assertThat(stage.timer().size()).isEqualTo(1);
        profiles.set(BulkProfiles.BULK_DATA, Map.of("Enable", "false"));
        assertThat(stage.timer().size()).isZero();
        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Disabled");
    }

    @Test
    @Requirement("R-ARC.8")
    void profiles_outlive_a_restart_with_their_owner(@TempDir Path directory) {
        String profile;
        try (Stage first = Stage.open(Stage.config().withDataDirectory(directory), clock)) {
            BulkProfiles kept = new BulkProfiles(first.controller()).enabled();
            profile = kept.make("USPEventNotif", "JSON", "60");
            kept.include(profile, "n", "Device.Home.Name");
            kept.start(profile);
        }
        try (Stage second = Stage.open(Stage.config().withDataDirectory(directory), clock)) {
            BulkProfiles.subscribe(second.controller());
            second.timer().advance(INTERVAL);
            assertThat(BulkProfiles.pushed(second.controller()).params().get("Data"))
                    .contains("\"n\":\"home\"");
        }
    }

    @Test
    void reports_that_nobody_fetches_take_a_bounded_place() {
        String subscription = "Device.LocalAgent.Subscription.";
        stage.add(
                subscription,
                Map.of(
                        "ID",
                        "kept",
                        "Enable",
                        "true",
                        "NotifType",
                        "Event",
                        "NotifRetry",
                        "true",
                        "ReferenceList",
                        "Device.BulkData.Profile.*.Push!"));
        String profile = profiles.make("USPEventNotif", "JSON", "60");
        profiles.include(profile, "", "Device.Home.Colour");
        stage.device().publish("Device.Home.Colour", "x".repeat(60_000));
        profiles.set(profile, Map.of("Enable", "true"));
        // What happens is matched in order, so that this one knows when all of it was.
        Stage.add(
                stage.controller(1),
                subscription,
                Map.of("ID", "l", "Enable", "true", "NotifType", "ValueChange", "ReferenceList", "Device.Home.Level"));
        stage.wire().cut("test");
        int made = (int) (Limits.WAITING_REPORT_CHARACTERS / 60_000) + 20;

        for (int i = 0; i < made; i++) {
            stage.timer().advance(INTERVAL);
        }

        stage.device().publish("Device.Home.Level", "1");
        stage.controller(1).nextNotify();
        stage.wire().reconnect();
        int told = 0;
        String last = "";
        String newest = "\"CollectionTime\":" + clock.instant().toEpochMilli();
        while (!last.contains(newest)) {
            last = BulkProfiles.pushed(stage.controller()).params().getOrDefault("Data", "");
            told++;
        }
        assertThat(told).isLessThan(made).isGreaterThan(40);
    }
}
