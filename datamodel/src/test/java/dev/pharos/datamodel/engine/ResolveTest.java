// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot.TableInstance;
import dev.pharos.datamodel.instance.Snapshot.Visibility;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolveTest {
    private final RecordingElement device = new RecordingElement(HomeModel.MODEL);
    private final InstantiatedDataModel model = HomeModel.start(device);

    @BeforeEach
    void fill() {
        device.context().update(tx -> {
            for (String name : List.of("wlan0", "wlan1")) {
                String radio = tx.add("Device.WiFi.Radio.", Map.of("Name", name));
                tx.set(radio + "Standards", name.equals("wlan0") ? "b,g,n" : "a,ac");
                tx.set(radio + "Channel", name.equals("wlan0") ? "6" : "36");
                tx.set(radio + "Stats.Errors", name.equals("wlan0") ? "9" : "10");
            }
            return 0;
        });
        model.write(Origin.MANAGEMENT, tx -> {
            for (String name : List.of("home", "guest", "say \"hi\"")) {
                String ssid = tx.add("Device.WiFi.SSID.");
                tx.set(ssid + "SSID", name);
                tx.set(ssid + "Enable", Boolean.toString(!name.equals("guest")));
            }
            tx.set("Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.Radio.2,Device.WiFi.Radio.1");
            tx.set("Device.WiFi.SSID.2.LowerLayers", "Device.WiFi.Radio.1");
            tx.set("Device.WiFi.SSID.2.Friend", "Device.WiFi.SSID.1");
            tx.set("Device.WiFi.SSID.3.Friend", "Device.Nowhere.5");
            tx.set("Device.Info.Tags", "a,b");
            return 0;
        });
    }

    private List<String> resolve(String path) {
        return resolve(path, Visibility.ALL);
    }

    private List<String> resolve(String path, Visibility readable) {
        return model.snapshot().resolve(PathName.require(path), readable).stream()
                .map(ObjectInstance::path)
                .toList();
    }

    private void assertFails(StandardErrorCode code, String path) {
        assertThatThrownBy(() -> resolve(path))
                .as(path)
                .isInstanceOfSatisfying(
                        UspException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @Requirement("R-ARC.7")
    void a_path_with_instance_numbers_stands_for_one_object() {
        assertThat(resolve("Device.WiFi.SSID.2.")).containsExactly("Device.WiFi.SSID.2.");
        assertThat(resolve("Device.WiFi.SSID.2.Stats.Sent")).containsExactly("Device.WiFi.SSID.2.Stats.");
        assertThat(resolve("Device.")).containsExactly("Device.");
        assertThat(resolve("Device.WiFi.SSID.9.")).isEmpty();
        assertThat(resolve("Device.WiFi.SSID.")).isEmpty();
    }

    @Test
    @Requirement("R-ARC.10")
    void a_wildcard_stands_for_every_row_in_order() {
        assertThat(resolve("Device.WiFi.SSID.*."))
                .containsExactly("Device.WiFi.SSID.1.", "Device.WiFi.SSID.2.", "Device.WiFi.SSID.3.");
        assertThat(resolve("Device.WiFi.Radio.*.Stats."))
                .containsExactly("Device.WiFi.Radio.1.Stats.", "Device.WiFi.Radio.2.Stats.");
        assertThat(resolve("Device.WiFi.SSID.*.Filter.*.")).isEmpty();
    }

    @ParameterizedTest
    @Requirement("R-ARC.9")
    @CsvSource(delimiter = '|', textBlock = """
            Device.WiFi.SSID.[SSID=="home"].|1
            Device.WiFi.SSID.[SSID!="home"].|2,3
            Device.WiFi.SSID.[SSID=="say %22hi%22"].|3
            Device.WiFi.SSID.[Enable==true].|1,3
            Device.WiFi.SSID.[Enable==1].|1,3
            Device.WiFi.SSID.[Enable==false].|2
            Device.WiFi.SSID.[Enable==true&&SSID=="home"].|1
            Device.WiFi.SSID.[Stats.Sent==0].|1,2,3
            Device.WiFi.SSID.[LowerLayers~="Device.WiFi.Radio.1"].|1,2
            Device.WiFi.SSID.[LowerLayers~="Device.WiFi.Radio.1."].|1,2
            Device.WiFi.SSID.[LowerLayers=="Device.WiFi.Radio.1"].|2
            Device.WiFi.SSID.[LowerLayers+.Channel==36].|1
            Device.WiFi.SSID.[LowerLayers#2+.Channel==6].|1
            Device.WiFi.SSID.[LowerLayers#*+.Channel==6].|1,2
            Device.WiFi.SSID.[Friend+.SSID=="home"].|2
            """)
    void a_search_finds_the_rows_that_meet_all_conditions(String path, String rows) {
        assertThat(resolve(path))
                .containsExactlyElementsOf(List.of(rows.split(",")).stream()
                        .map(n -> "Device.WiFi.SSID." + n + ".")
                        .toList());
    }

    @ParameterizedTest
    @Requirement("R-ARC.9")
    @CsvSource(delimiter = '|', textBlock = """
            Device.WiFi.Radio.[Channel==036].|2
            Device.WiFi.Radio.[Channel<36].|1
            Device.WiFi.Radio.[Channel<=36].|1,2
            Device.WiFi.Radio.[Stats.Errors>9].|2
            Device.WiFi.Radio.[Stats.Errors>=9].|1,2
            Device.WiFi.Radio.[Standards~="ac"].|2
            Device.WiFi.Radio.[Standards=="b,g,n"].|1
            """)
    void numbers_and_lists_are_compared_by_their_type(String path, String rows) {
        assertThat(resolve(path))
                .containsExactlyElementsOf(List.of(rows.split(",")).stream()
                        .map(n -> "Device.WiFi.Radio." + n + ".")
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Device.WiFi.SSID.[Enable==\"true\"].",
                "Device.WiFi.SSID.[Enable>false].",
                "Device.WiFi.SSID.[SSID>\"a\"].",
                "Device.WiFi.SSID.[SSID==5].",
                "Device.WiFi.SSID.[SSID~=\"home\"].",
                "Device.WiFi.Radio.[Channel==\"36\"].",
                "Device.WiFi.Radio.[Channel==many].",
                "Device.WiFi.Radio.[Standards>\"a\"].",
                "Device.WiFi.SSID.[Filter.MAC==\"x\"]."
            })
    void a_condition_that_does_not_fit_its_type_is_refused_whatever_rows_there_are(String path) {
        assertThatThrownBy(() -> resolve(path))
                .isInstanceOfSatisfying(
                        UspException.class,
                        e -> assertThat(e.code())
                                .isIn(StandardErrorCode.INVALID_PATH_SYNTAX, StandardErrorCode.INVALID_PATH));
    }

    @Test
    @Requirement("R-GET.0")
    void what_the_supported_data_model_does_not_have_is_7026() {
        assertFails(StandardErrorCode.INVALID_PATH, "Device.WiFi.Nothing.");
        assertFails(StandardErrorCode.INVALID_PATH, "Device.WiFi.SSID.*.Nothing.");
        assertFails(StandardErrorCode.INVALID_PATH, "Device.WiFi.SSID.[Colour==\"red\"].");
        assertFails(StandardErrorCode.INVALID_PATH, "Device.WiFi.1.");
        assertFails(StandardErrorCode.INVALID_PATH, "Gateway.WiFi.");
        assertFails(StandardErrorCode.INVALID_PATH, "Device.WiFi.SSID.1.Enable+.SSID");
        assertFails(StandardErrorCode.INVALID_PATH, "Device.WiFi.SSID.Stats.");
    }

    @Test
    @Requirement("R-ARC.7")
    void references_are_followed_item_by_item() {
        assertThat(resolve("Device.WiFi.SSID.1.LowerLayers+.")).containsExactly("Device.WiFi.Radio.2.");
        assertThat(resolve("Device.WiFi.SSID.1.LowerLayers#2+.Stats.")).containsExactly("Device.WiFi.Radio.1.Stats.");
        assertThat(resolve("Device.WiFi.SSID.*.LowerLayers#*+."))
                .containsExactly("Device.WiFi.Radio.2.", "Device.WiFi.Radio.1.");
        assertThat(resolve("Device.WiFi.SSID.2.Friend+.LowerLayers+.")).containsExactly("Device.WiFi.Radio.2.");
        assertThat(resolve("Device.WiFi.SSID.3.Friend+.")).isEmpty();
        assertThat(resolve("Device.WiFi.SSID.1.LowerLayers#3+.")).isEmpty();
    }

    @Test
    @Requirement({"R-GIN.0", "R-GET.1"})
    void a_search_is_no_oracle_for_what_may_not_be_read() {
        Visibility withoutSsid =
                (object, parameter) -> !Set.of("SSID", "LowerLayers").contains(parameter);
        assertThat(resolve("Device.WiFi.SSID.[SSID==\"home\"].", withoutSsid)).isEmpty();
        assertThat(resolve("Device.WiFi.SSID.[SSID!=\"home\"].", withoutSsid)).isEmpty();
        assertThat(resolve("Device.WiFi.SSID.1.LowerLayers+.", withoutSsid)).isEmpty();
        assertThat(resolve("Device.WiFi.SSID.[Enable==true].", withoutSsid)).hasSize(2);
    }

    @Test
    void the_unknown_time_has_no_order() {
        String text = """
                model urn:example:times
                object Device. readOnly
                object Device.Log.{i}. readOnly
                  param At readOnly dateTime
                """;
        RecordingElement log = new RecordingElement(HomeModel.parse(text));
        InstantiatedDataModel times = HomeModel.start(log);
        log.context().update(tx -> {
            tx.add("Device.Log.");
            tx.set(tx.add("Device.Log.") + "At", "2026-11-23T12:00:00+02:00");
            return 0;
        });
        assertThat(times.snapshot().value("Device.Log.2.At")).contains("2026-11-23T10:00:00Z");
        assertThat(times.snapshot().resolve(PathName.require("Device.Log.[At<2026-11-23T10:00:01Z]."), Visibility.ALL))
                .extracting(ObjectInstance::path)
                .containsExactly("Device.Log.2.");
        assertThat(times.snapshot().resolve(PathName.require("Device.Log.[At==0001-01-01T00:00:00Z]."), Visibility.ALL))
                .hasSize(1);
        assertThatThrownBy(() -> times.snapshot()
                        .resolve(PathName.require("Device.Log.[At>0001-01-01T00:00:00Z]."), Visibility.ALL))
                .isInstanceOf(UspException.class);
    }

    @Test
    void a_table_path_resolves_to_the_tables_it_stands_for() {
        assertThat(model.snapshot().resolveTables(PathName.require("Device.WiFi.SSID."), Visibility.ALL))
                .extracting(TableInstance::path)
                .containsExactly("Device.WiFi.SSID.");
        assertThat(model.snapshot().resolveTables(PathName.require("Device.WiFi.SSID.*.Filter."), Visibility.ALL))
                .extracting(TableInstance::path)
                .containsExactly(
                        "Device.WiFi.SSID.1.Filter.", "Device.WiFi.SSID.2.Filter.", "Device.WiFi.SSID.3.Filter.");
        assertThatThrownBy(() -> model.snapshot().resolveTables(PathName.require("Device.Info."), Visibility.ALL))
                .isInstanceOfSatisfying(
                        UspException.class,
                        e -> assertThat(e.code()).isEqualTo(StandardErrorCode.OBJECT_IS_NOT_A_TABLE));
        assertThatThrownBy(() -> model.snapshot().resolveTables(PathName.require("Device.Nothing."), Visibility.ALL))
                .isInstanceOfSatisfying(
                        UspException.class, e -> assertThat(e.code()).isEqualTo(StandardErrorCode.INVALID_PATH));
    }

    @Test
    @Requirement("R-ARC.11")
    void a_reference_written_with_keys_reads_back_with_the_instance_number() {
        model.write(Origin.MANAGEMENT, tx -> {
            tx.set("Device.WiFi.SSID.3.LowerLayers", "Device.WiFi.Radio.[Name==\"wlan1\"].,Device.WiFi.Radio.1.");
            tx.set("Device.WiFi.SSID.3.Backup", "Device.WiFi.SSID.[SSID==\"guest\"&&Band==\"5\"]");
            return 0;
        });
        assertThat(model.snapshot().value("Device.WiFi.SSID.3.LowerLayers"))
                .contains("Device.WiFi.Radio.2,Device.WiFi.Radio.1");
        assertThat(model.snapshot().value("Device.WiFi.SSID.3.Backup")).contains("Device.WiFi.SSID.2");
    }

    @Test
    @Requirement({"R-ARC.11", "R-MSG.5"})
    void a_reference_by_key_may_come_before_the_row_that_it_means() {
        model.write(Origin.MANAGEMENT, tx -> {
            tx.set("Device.WiFi.SSID.3.Backup", "Device.WiFi.SSID.[Alias==\"late\"].");
            tx.set(tx.add("Device.WiFi.SSID.") + "Alias", "late");
            return 0;
        });
        assertThat(model.snapshot().value("Device.WiFi.SSID.3.Backup")).contains("Device.WiFi.SSID.4");
        assertThatThrownBy(() -> model.write(Origin.MANAGEMENT, tx -> {
                    tx.set("Device.WiFi.SSID.3.Backup", "Device.WiFi.SSID.[Alias==\"never\"].");
                    return 0;
                }))
                .isInstanceOf(UspException.class)
                .hasMessageContaining("Device.WiFi.SSID.3.Backup");
    }

    @Test
    void children_come_in_the_order_of_the_model() {
        assertThat(model.snapshot().object("Device.WiFi.").orElseThrow().children())
                .extracting(ObjectInstance::path)
                .containsExactly(
                        "Device.WiFi.Radio.1.",
                        "Device.WiFi.Radio.2.",
                        "Device.WiFi.SSID.1.",
                        "Device.WiFi.SSID.2.",
                        "Device.WiFi.SSID.3.");
        assertThat(model.snapshot().root().child("WiFi").orElseThrow().rows("SSID"))
                .hasSize(3);
    }
}
