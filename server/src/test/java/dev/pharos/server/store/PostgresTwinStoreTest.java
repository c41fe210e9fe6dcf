// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.store.TwinValue.Source;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresTwinStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");
    private static final EndpointId ID = EndpointId.of("proto::twin");

    private final PostgresTwinStore twins = new PostgresTwinStore(TestDatabase.database());

    @BeforeEach
    void empty() {
        TestDatabase.database().with(handle -> handle.execute("delete from devices"));
        new PostgresDeviceStore(TestDatabase.database()).create(DeviceRecord.unseen(ID, true, false, NOW));
        twins.put(
                ID,
                List.of(
                        value("Device.WiFi.SSID.1.SSID", "Home"),
                        value("Device.WiFi.SSID.1.Enable", "true"),
                        value("Device.WiFi.SSID.10.SSID", "Guest"),
                        value("Device.WiFiX.Y", "1"),
                        value("Device.RootDataModelVersion", "2.19")));
    }

    @Test
    void a_prefix_may_end_anywhere_in_a_path() {
        assertThat(paths("Device.WiFi."))
                .containsExactly("Device.WiFi.SSID.1.Enable", "Device.WiFi.SSID.1.SSID", "Device.WiFi.SSID.10.SSID");
        assertThat(paths("Device.WiFi")).hasSize(4);
        assertThat(paths("Device.WiFi.SSID.1.S")).containsExactly("Device.WiFi.SSID.1.SSID");
        assertThat(paths("Device.WiFi.SSID.1")).hasSize(3);
        assertThat(paths("")).hasSize(5);
        assertThat(paths("Device.WiFi.%")).isEmpty();
        assertThat(twins.list(ID, "", 2)).hasSize(2);
        assertThat(twins.count(ID)).isEqualTo(5);
    }

    @Test
    void a_new_value_replaces_the_old_one_and_no_other() {
        TwinValue later =
                new TwinValue("Device.WiFi.SSID.1.SSID", "New\0\u0416", false, NOW.plusSeconds(1), Source.NOTIFY);
        twins.put(ID, List.of(later));
        assertThat(twins.find(ID, later.path()))
                .contains(new TwinValue(later.path(), "New\uFFFD\u0416", false, later.time(), Source.NOTIFY));
        assertThat(twins.find(ID, "Device.WiFi.SSID.1.Enable"))
                .map(TwinValue::value)
                .contains("true");
        assertThat(twins.find(ID, "Device.WiFi.SSID.1.Nothing")).isEmpty();
    }

    @Test
    void the_value_of_a_secret_is_not_kept() {
        twins.put(ID, List.of(new TwinValue("Device.X.Password", "secret", true, NOW, Source.SET)));
        assertThat(twins.find(ID, "Device.X.Password"))
                .contains(new TwinValue("Device.X.Password", "", true, NOW, Source.SET));
    }

    @Test
    void what_is_under_an_object_goes_with_it() {
        twins.removeUnder(ID, "Device.WiFi.SSID.1.");
        assertThat(paths("Device.WiFi.")).containsExactly("Device.WiFi.SSID.10.SSID");
        twins.replaceUnder(ID, "Device.WiFi.", List.of(value("Device.WiFi.SSID.2.SSID", "Other")));
        assertThat(paths("Device.WiFi.")).containsExactly("Device.WiFi.SSID.2.SSID");
        twins.delete(ID);
        assertThat(twins.count(ID)).isZero();
    }

    @Test
    void a_twin_goes_with_its_device_and_a_stranger_has_none() {
        EndpointId stranger = EndpointId.of("proto::stranger");
        twins.put(stranger, List.of(value("Device.X", "1")));
        assertThat(twins.count(stranger)).isZero();
        new PostgresDeviceStore(TestDatabase.database()).delete(ID);
        assertThat(twins.count(ID)).isZero();
    }

    @Test
    void what_many_devices_tell_is_kept_together_and_a_stranger_among_them_is_left_out() {
        EndpointId other = EndpointId.of("proto::another");
        EndpointId stranger = EndpointId.of("proto::a-stranger");
        new PostgresDeviceStore(TestDatabase.database()).create(DeviceRecord.unseen(other, true, false, NOW));
        TwinValue odd = value("Device.WiFi.SSID.1.SSID", "{\"NULL\", \\,'} ");
        twins.putAll(Map.of(
                ID, List.of(value("Device.X.A", "1"), odd, value("Device.X.A", "2")),
                other, List.of(value("Device.X.A", "NULL")),
                stranger, List.of(value("Device.X.A", "9"))));
        assertThat(twins.find(ID, "Device.X.A")).map(TwinValue::value).contains("2");
        assertThat(twins.find(ID, odd.path())).contains(odd);
        assertThat(twins.count(ID)).isEqualTo(6);
        assertThat(twins.find(other, "Device.X.A")).map(TwinValue::value).contains("NULL");
        assertThat(twins.count(stranger)).isZero();
    }

    private List<String> paths(String prefix) {
        return twins.list(ID, prefix, 100).stream().map(TwinValue::path).toList();
    }

    private static TwinValue value(String path, String value) {
        return new TwinValue(path, value, false, NOW, Source.GET);
    }
}
