// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.fixture.BulkProfiles;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is in a report, in each format.
class BulkFormatTest {
    private final Stage stage = Stage.open();
    private final BulkProfiles profiles = new BulkProfiles(stage.controller()).enabled();

    @AfterEach
    void close() {
        stage.close();
    }

    /// What the next interval brings.
    private String report() {
        stage.timer().advance(Duration.ofSeconds(60));
        return BulkProfiles.pushed(stage.controller()).params().getOrDefault("Data", "");
    }

    @Test
    @Requirement("R-BULK.9")
    void instance_numbers_in_place_of_wildcards_are_appended_to_the_name_from_left_to_right() {
        profiles.furnish();
        String profile = profiles.pushing("JSON", "NameValuePair");
        profiles.include(profile, "S", "Device.Home.Room.*.Sensor.*.Name");
        profiles.include(profile, "First", "Device.Home.Room.*.Sensor.1.Name");
        profiles.include(profile, "Of2", "Device.Home.Room.2.Sensor.*.Name");
        profiles.start(profile);

        assertThat(report())
                .isEqualTo(
                        "{\"Report\":[{\"S.1.1\":\"a\",\"S.1.2\":\"b\",\"S.2.1\":\"c\",\"First.1\":\"a\",\"First.2\":\"c\","
                                + "\"Of2.1\":\"c\"}]}");
    }

    @Test
    @Requirement("R-BULK.10")
    void what_is_beneath_an_object_keeps_the_rest_of_its_path_behind_the_name() {
        profiles.furnish();
        String profile = profiles.pushing("JSON", "NameValuePair");
        profiles.include(profile, "in", "Device.Home.Inside.");
        profiles.include(profile, "sensor", "Device.Home.Room.*.Sensor.*.");
        profiles.include(profile, "sensors", "Device.Home.Room.2.Sensor.");
        profiles.exclude(profile, "Device.Home.Room.*.Sensor.*.Alias");
        profiles.start(profile);

        assertThat(report())
                .isEqualTo("{\"Report\":[{\"in.Warm\":false,\"in.Deep.Bottom\":\"\",\"sensor.1.1.Name\":\"a\","
                        + "\"sensor.1.2.Name\":\"b\",\"sensor.2.1.Name\":\"c\",\"sensors.1.Name\":\"c\"}]}");
    }

    @Test
    @Requirement("R-BULK.10a")
    void what_is_excluded_is_not_in_the_report_however_it_got_there() {
        profiles.furnish();
        String profile = profiles.pushing("JSON", "NameValuePair");
        profiles.include(profile, "", "Device.Home.Room.");
        profiles.include(profile, "again", "Device.Home.Room.*.Name");
        profiles.exclude(profile, "Device.Home.Room.*.Sensor.");
        profiles.exclude(profile, "Device.Home.Room.*.Stats.");
        profiles.exclude(profile, "Device.Home.Room.2.");
        for (String parameter : List.of("Alias", "Open", "Pin", "Owner", "SensorNumberOfEntries")) {
            profiles.exclude(profile, "Device.Home.Room.1." + parameter);
        }
        profiles.start(profile);

        assertThat(report())
                .isEqualTo("{\"Report\":[{\"Device.Home.Room.1.Name\":\"den\",\"Device.Home.Room.1.Size\":10,"
                        + "\"again.1\":\"den\"}]}");
    }

    @Test
    void objects_stand_within_objects_and_values_are_of_jsons_types() {
        stage.add("Device.Home.Room.", Map.of("Name", "a \"b\"\n\\"));
        String profile = profiles.pushing("JSON", "ObjectHierarchy");
        for (String parameter : List.of("Level", "Lamp", "Room.*.Name", "Room.*.Size", "Ticks", "Room.9.Name")) {
            profiles.include(profile, "", "Device.Home." + parameter);
        }
        profiles.include(profile, "A", "Device.Home.Serial");
        profiles.include(profile, "A.B", "Device.Home.Serial");
        profiles.start(profile);

        assertThat(report())
                .isEqualTo("{\"Report\":[{\"Device\":{\"Home\":{\"Level\":0,\"Lamp\":false,\"Room\":{\"1\":"
                        + "{\"Name\":\"a \\\"b\\\"\\u000a\\\\\",\"Size\":10}},\"Ticks\":7}},\"A\":\"S1\"}]}");
    }

    @Test
    @Requirement({"R-BULK.12", "R-BULK.13"})
    void csv_with_a_parameter_in_each_row_says_name_value_and_base_type() {
        stage.add("Device.Home.Room.", Map.of("Name", "a,b"));
        String profile = profiles.pushing("CSV", "ParameterPerRow");
        profiles.include(profile, "", "Device.Home.Level");
        profiles.include(profile, "ticks", "Device.Home.Ticks");
        profiles.include(profile, "room", "Device.Home.Room.*.Name");
        profiles.include(profile, "open", "Device.Home.Room.1.Open");
        profiles.include(profile, "born", "Device.LocalAgent.Subscription.1.CreationDate");
        profiles.include(profile, "list", "Device.LocalAgent.Subscription.1.ReferenceList");
        profiles.start(profile);

        assertThat(report()).isEqualTo("""
                ParameterName,ParameterValue,ParameterType
                Device.Home.Level,0,int
                ticks,7,unsignedInt
                room.1,"a,b",string
                open,false,boolean
                born,2026-01-01T12:00:00Z,dateTime
                list,Device.BulkData.Profile.*.Push!,string
                """.replace("\n", "\r\n"));
        profiles.set(profile + "CSVEncoding.", Map.of("RowTimestamp", "ISO-8601"));
        assertThat(report())
                .startsWith(String.join(
                        "\r\n",
                        "ReportTimestamp,ParameterName,ParameterValue,ParameterType",
                        "2026-01-01T12:02:00Z,Device.Home.Level,0,int",
                        ""));
    }

    @Test
    void csv_with_a_parameter_in_each_column_takes_other_separators() {
        stage.add("Device.Home.Room.", Map.of("Name", "it's;\nso"));
        String profile = profiles.pushing("CSV", "ParameterPerColumn");
        profiles.set(
                profile + "CSVEncoding.",
                Map.of(
                        "FieldSeparator", ";",
                        "RowSeparator", "&#10;",
                        "EscapeCharacter", "'",
                        "RowTimestamp", "Unix-Epoch"));
        profiles.include(profile, "name", "Device.Home.Room.1.Name");
        profiles.include(profile, "level", "Device.Home.Level");
        profiles.start(profile);

        assertThat(report()).isEqualTo("ReportTimestamp;name;level\n1767268860000;'it''s;\nso';0\n");
    }
}
