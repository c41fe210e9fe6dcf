// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.query.Facet;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceQuery.Sort;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.controller.store.FacetCounts;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Queries find the same in PostgreSQL as in memory.
final class QueriesTest {
    private final Instant now = Instant.now();

    private final PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
    private final PostgresTwinStore twins = new PostgresTwinStore(TestDatabase.database());
    private final Stores memory = InMemoryStores.create();

    @BeforeEach
    void three_devices() {
        TestDatabase.database().with(handle -> handle.execute("delete from devices"));
        keep(
                device("one", "Fancy_Box 100%", "1.0")
                        .withStatus(DeviceStatus.ONLINE, "")
                        .withTags(List.of("pilot", "north east"))
                        .withLastSeen(now.minus(Duration.ofMinutes(10))),
                value("Device.WiFi.Radio.1.Channel", "6"),
                value("Device.WiFi.Radio.2.Channel", "100"),
                value("Device.WiFi.Radio.2.Enable", "1"),
                value("Device.WiFi.Radio.2.Stats.Noise", "-90.5"),
                value("Device.WiFi.SSID.1.SSID", "Caf\u00e9 100%"),
                value("Device.WiFi.AccessPoint.12.AssociatedDevice.305.Retries", "+12"),
                value("Device.WiFi.AccessPoint.12.Retries", "1234567890123456789"),
                new TwinValue("Device.Users.User.1.Password", "", true, now, TwinValue.Source.GET));
        keep(
                device("two", "Other", "1.10")
                        .withConnection("mqtt", "10.0.0.1:5", true)
                        .withLastSeen(now.minus(Duration.ofDays(3))),
                value("Device.WiFi.Radio.1.Channel", "auto"),
                value("Device.WiFi.Radio.1.Enable", "false"),
                value("Device.WiFi.AccessPoint.2.Retries", "123456789012345678"));
        keep(device("three", "fancy", "2.0").withApproved(false));
    }

    private void keep(DeviceRecord device, TwinValue... values) {
        for (DeviceStore store : List.of(devices, memory.devices())) {
            store.create(device);
        }
        twins.put(device.id(), List.of(values));
        memory.twins().put(device.id(), List.of(values));
    }

    private DeviceRecord device(String name, String model, String software) {
        return DeviceRecord.unseen(EndpointId.of("proto::" + name), true, false, now.minus(Duration.ofDays(30)))
                .withIdentity(new DeviceIdentity("Maker", "00256D", model, "Class", "S-" + name, "h1", software));
    }

    private TwinValue value(String path, String value) {
        return new TwinValue(path, value, false, now, TwinValue.Source.GET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | one three two",
                "fancy_box | one",
                "fancy | one three",
                "PROTO::T | three two",
                "' or true -- | ``",
                "model = FANCY | three",
                "model != fancy | one two",
                "model:fancy software:1 | one",
                "model ~ \"x 100%\" | one",
                "online:true | one",
                "online:false | three two",
                "status:offline not approved:false | two",
                "transport = MQTT and verified:true | two",
                "lastSeen < 1h | one",
                "lastSeen < 4d | one two",
                "lastSeen >= 2d | three two",
                "lastSeen < 2020-01-01 | ``",
                "firstSeen > 2020-01-01T00:00:00Z | one three two",
                "tag:pilot | one",
                "tag:\"north east\" | one",
                "tag != pilot | three two",
                "tag:pil | ``",
                "Device.WiFi.Radio.*.Channel > 11 | one",
                "Device.WiFi.Radio.1.Channel > 11 | ``",
                "Device.WiFi.Radio.*.Channel < 7 | one",
                "Device.WiFi.Radio.*.Channel = auto | two",
                "Device.WiFi.Radio.*.Channel != 6 | one two",
                "not Device.WiFi.Radio.*.Channel = 6 | three two",
                "Device.WiFi.Radio.*.Enable = true | one",
                "Device.WiFi.Radio.*.Enable != true | two",
                "Device.WiFi.Radio.*.Noise < 0 | ``",
                "Device.WiFi.Radio.*.Stats.Noise <= -90.5 | one",
                "Device.WiFi.AccessPoint.*.AssociatedDevice.*.Retries = +12 | one",
                "Device.WiFi.AccessPoint.*.AssociatedDevice.305.Retries > 11 | one",
                "Device.WiFi.AccessPoint.12.AssociatedDevice.*.Retries >= 12 | one",
                "Device.WiFi.AccessPoint.*.AssociatedDevice.30.Retries > 11 | ``",
                "Device.WiFi.*.12.Retries > 0 | ``",
                "Device.WiFi.AccessPoint.*.Retries > 0 | two",
                "Device.WiFi.SSID.*.SSID ~ \"100%\" | one",
                "Device.WiFi.SSID.*.SSID ~ \"caf\u00e9\" | one",
                "Device.Users.User.*.Password = \"\" | ``",
                "Device.Users.User.*.Password != secret | ``",
                "Device.WiFi.Radio.*.Channel = \"' or '1'='1\" | ``",
                "(tag:pilot or model:other) and not online:true | two"
            })
    void a_query_finds_these(String query, String found) throws QueryException {
        List<String> expected = found.isEmpty() ? List.of() : List.of(found.split(" "));
        assertThat(ids(memory.devices(), query)).as("in memory").isEqualTo(expected);
        assertThat(ids(devices, query)).as("in PostgreSQL").isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model | 3 of 3, 3 values: Fancy_Box 100% 1, Other 1, fancy 1",
                "transport | 1 of 3, 1 values: mqtt 1",
                "status | 3 of 3, 2 values: offline 2, online 1",
                "online | 3 of 3, 2 values: false 2, true 1",
                "approved | 3 of 3, 2 values: true 2, false 1",
                "manufacturer | 3 of 3, 1 values: Maker 3",
                "tag | 1 of 3, 2 values: north east 1, pilot 1",
                "Device.WiFi.Radio.*.Channel | 2 of 3, 3 values: 100 1, 6 1, auto 1",
                "Device.WiFi.Radio.2.Channel | 1 of 3, 1 values: 100 1",
                "Device.WiFi.Radio.*.Stats.Noise | 1 of 3, 1 values: -90.5 1",
                "Device.Users.User.*.Password | 0 of 3, 0 values:",
                "Device.Nothing.Here | 0 of 3, 0 values:"
            })
    void devices_are_counted_by_what_they_have(String by, String expected) throws QueryException {
        assertThat(counted(memory.devices(), "", by)).as("in memory").isEqualTo(expected);
        assertThat(counted(devices, "", by)).as("in PostgreSQL").isEqualTo(expected);
    }

    @Test
    void only_the_devices_of_the_query_are_counted_and_only_so_many_values_named() throws QueryException {
        for (DeviceStore store : List.of(devices, memory.devices())) {
            assertThat(counted(store, "fancy", "model")).isEqualTo("2 of 2, 2 values: Fancy_Box 100% 1, fancy 1");
            FacetCounts one = store.count(QueryParser.parse(""), Facet.parse("model"), 1);
            assertThat(one.distinct()).isEqualTo(3);
            assertThat(one.values()).hasSize(1);
            assertThat(counted(store, "' or true --", "model")).isEqualTo("0 of 0, 0 values:");
        }
    }

    @Test
    void numbers_make_a_histogram_whose_last_bar_has_its_end() throws QueryException {
        keep(
                device("four", "Fourth", "1"),
                value("Device.WiFi.Radio.1.Stats.Noise", "-80.5"),
                value("Device.WiFi.Radio.2.Stats.Noise", "-90.1"),
                value("Device.WiFi.Radio.3.Stats.Noise", "-89.5"));
        for (DeviceStore store : List.of(devices, memory.devices())) {
            List<FacetCounts.Bar> bars = store.count(
                            QueryParser.parse(""), Facet.parse("Device.WiFi.Radio.*.Stats.Noise"), 5)
                    .bars();
            assertThat(bars).hasSize(FacetCounts.BARS);
            assertThat(bars.stream().map(bar -> bar.from() + " " + bar.devices()))
                    .startsWith("-90.5 2", "-89.5 1", "-88.5 0")
                    .endsWith("-81.5 1");
            assertThat(bars.getLast().to()).isEqualByComparingTo("-80.5");
            assertThat(store.count(QueryParser.parse(""), Facet.parse("software"), 5)
                            .bars())
                    .as("1.0 and 1.10 are versions")
                    .isEmpty();
            assertThat(store.count(QueryParser.parse(""), Facet.parse("Device.WiFi.Radio.*.Channel"), 5)
                            .bars())
                    .as("auto is no number")
                    .isEmpty();
        }
    }

    private static String counted(DeviceStore store, String query, String by) throws QueryException {
        FacetCounts counts = store.count(QueryParser.parse(query), Facet.parse(by), 10);
        return (counts.having() + " of " + counts.devices() + ", " + counts.distinct() + " values: "
                        + counts.values().stream()
                                .map(count -> count.value() + " " + count.devices())
                                .collect(Collectors.joining(", ")))
                .strip();
    }

    @Test
    void whatever_is_put_together_both_find_the_same() throws QueryException {
        List<String> pieces = List.of(
                "fancy",
                "online:true",
                "model ~ o",
                "tag:pilot",
                "lastSeen > 1d",
                "approved:true",
                "Device.WiFi.Radio.*.Channel > 5",
                "Device.WiFi.Radio.1.Enable = false");
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            String query = put(pieces, random, 3);
            assertThat(ids(devices, query)).as(query).isEqualTo(ids(memory.devices(), query));
        }
    }

    @Test
    void pages_of_a_query_over_a_parameter_say_how_many_there_are_in_all() throws QueryException {
        var meant = QueryParser.parse("Device.WiFi.Radio.*.Channel != none");
        for (DeviceStore store : List.of(devices, memory.devices())) {
            for (Sort sort : Sort.values()) {
                var first = store.list(new DeviceQuery(meant, sort, true, 1, ""));
                var second = store.list(
                        new DeviceQuery(meant, sort, true, 1, first.nextCursor().orElseThrow()));
                assertThat(List.of(first.total(), second.total())).containsOnly(2L);
                assertThat(second.nextCursor()).isEmpty();
                assertThat(first.items()).hasSize(1).doesNotContainAnyElementsOf(second.items());
            }
        }
        String last = devices.list(new DeviceQuery(meant, Sort.ID, false, 1, ""))
                .nextCursor()
                .orElseThrow();
        devices.delete(EndpointId.of("proto::two"));
        var gone = devices.list(new DeviceQuery(meant, Sort.ID, false, 1, last));
        assertThat(gone.items()).as("after the last").isEmpty();
        assertThat(gone.total()).isOne();
    }

    private static String put(List<String> pieces, Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return pieces.get(random.nextInt(pieces.size()));
        }
        return switch (random.nextInt(3)) {
            case 0 -> "not " + put(pieces, random, depth - 1);
            case 1 -> "(" + put(pieces, random, depth - 1) + " or " + put(pieces, random, depth - 1) + ")";
            default -> put(pieces, random, depth - 1) + " and " + put(pieces, random, depth - 1);
        };
    }

    private static List<String> ids(DeviceStore store, String query) throws QueryException {
        var page = store.list(new DeviceQuery(QueryParser.parse(query), Sort.ID, false, 10, ""));
        List<String> names = new ArrayList<>();
        page.items().forEach(device -> names.add(device.id().instanceId()));
        assertThat(page.total()).isEqualTo(names.size());
        return names;
    }
}
