// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.store.TwinValue.Source;
import dev.pharos.server.store.TwinTable.Cell;
import dev.pharos.server.store.TwinTable.Known;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TwinTableTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");
    private static final EndpointId ONE = EndpointId.of("proto::table-1");
    private static final EndpointId TWO = EndpointId.of("proto::table-2");
    private static final List<String> BOTH = List.of(ONE.toString(), TWO.toString());
    private static final ParameterPattern CHANNEL = pattern("Device.WiFi.Radio.*.Channel");

    private final Database database = TestDatabase.database();
    private final PostgresTwinStore twins = new PostgresTwinStore(database);
    private final TwinTable table = new TwinTable(database);

    @BeforeEach
    void two_devices() {
        database.with(handle -> handle.execute("delete from devices"));
        PostgresDeviceStore devices = new PostgresDeviceStore(database);
        devices.create(DeviceRecord.unseen(ONE, true, false, NOW));
        devices.create(DeviceRecord.unseen(TWO, true, false, NOW));
        twins.put(
                ONE,
                List.of(
                        value("Device.WiFi.Radio.10.Channel", "11"),
                        value("Device.WiFi.Radio.2.Channel", "36"),
                        value("Device.WiFi.Radio.2.Name", "wlan1"),
                        value("Device.WiFi.RadioX.3.Channel", "99"),
                        value("Device.DeviceInfo.UpTime", "5")));
        twins.put(TWO, List.of(value("Device.DeviceInfo.UpTime", "7")));
    }

    @Test
    void a_cell_has_a_value_for_each_row_in_the_order_of_rows_and_a_device_without_any_has_no_cell() {
        var found = table.of(BOTH, List.of(CHANNEL, pattern("Device.DeviceInfo.UpTime")));

        assertThat(found.getOrDefault(ONE.toString(), Map.of()).get(CHANNEL))
                .isEqualTo(new Cell(
                        List.of(
                                new Known("Device.WiFi.Radio.2.Channel", "36", NOW),
                                new Known("Device.WiFi.Radio.10.Channel", "11", NOW)),
                        false));
        assertThat(found.get(TWO.toString()))
                .isEqualTo(Map.of(
                        pattern("Device.DeviceInfo.UpTime"),
                        new Cell(List.of(new Known("Device.DeviceInfo.UpTime", "7", NOW)), false)));
    }

    @Test
    void only_devices_that_were_asked_for_and_are_in_sight_have_cells() throws QueryException {
        ParameterPattern upTime = pattern("Device.DeviceInfo.UpTime");
        assertThat(table.of(List.of(TWO.toString()), List.of(upTime))).containsOnlyKeys(TWO.toString());
        Sight sight = new Sight(QueryParser.parse("id = \"" + ONE + "\""), "somebody");
        assertThat(sight.within(() -> table.of(BOTH, List.of(upTime)))).containsOnlyKeys(ONE.toString());
        assertThat(table.of(List.of(), List.of(upTime))).isEmpty();
        assertThat(table.of(BOTH, List.of())).isEmpty();
    }

    @Test
    void a_secret_stands_in_no_cell() {
        twins.put(
                ONE,
                List.of(
                        new TwinValue("Device.WiFi.AccessPoint.1.Key", "secret", true, NOW, Source.SET),
                        value("Device.WiFi.AccessPoint.2.Key", "shown")));
        ParameterPattern key = pattern("Device.WiFi.AccessPoint.*.Key");
        assertThat(cell(ONE, key).values()).extracting(Known::value).containsExactly("shown");
    }

    @Test
    void of_many_rows_the_first_are_shown_and_that_there_are_more_is_said() {
        twins.put(
                TWO,
                IntStream.rangeClosed(1, Limits.CELL_VALUES + 1)
                        .mapToObj(row -> value("Device.WiFi.Radio." + row + ".Channel", "" + row))
                        .toList());
        Cell cell = cell(TWO, CHANNEL);
        assertThat(cell.more()).isTrue();
        assertThat(cell.values()).hasSize(Limits.CELL_VALUES);
        assertThat(cell.values().getLast().value()).isEqualTo("" + Limits.CELL_VALUES);
    }

    private Cell cell(EndpointId device, ParameterPattern parameter) {
        return Objects.requireNonNull(table.of(BOTH, List.of(parameter))
                .getOrDefault(device.toString(), Map.of())
                .get(parameter));
    }

    private static ParameterPattern pattern(String path) {
        return ParameterPattern.of(path).orElseThrow();
    }

    private static TwinValue value(String path, String value) {
        return new TwinValue(path, value, false, NOW, Source.GET);
    }
}
