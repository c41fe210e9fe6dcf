// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.health.Health.Reason;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRulesTest {
    private static final Instant THEN = Instant.parse("2026-06-01T09:00:00Z");
    private static final DeviceRecord HERE =
            DeviceRecord.unseen(EndpointId.of("proto::a"), true, false, THEN).withStatus(DeviceStatus.ONLINE, "");

    private static Health of(DeviceRecord device, Map<String, String> values) {
        return HealthRules.judge(new HealthFacts(device, twin(values), 0, 0, 0));
    }

    private static List<TwinValue> twin(Map<String, String> values) {
        List<TwinValue> twin = new ArrayList<>();
        values.forEach((path, value) -> twin.add(new TwinValue(path, value, false, THEN, TwinValue.Source.GET)));
        return twin;
    }

    @Test
    void a_device_of_which_nothing_bad_is_known_is_well() {
        assertThat(of(HERE, Map.of())).isEqualTo(new Health(List.of()));
        assertThat(of(HERE, Map.of()).score()).isEqualTo(100);
    }

    @Test
    void one_that_is_not_connected_loses_half_and_says_since_when() {
        Health health = of(HERE.withStatus(DeviceStatus.OFFLINE, "the connection was closed"), Map.of());
        assertThat(health.score()).isEqualTo(50);
        assertThat(health.reasons())
                .containsExactly(
                        new Reason(50, "it is not connected: the connection was closed", "", Optional.of(THEN)));
        assertThat(of(HERE.withStatus(DeviceStatus.ERROR, "no Device."), Map.of())
                        .reasons())
                .extracting(Reason::text)
                .containsExactly("no Device.");
    }

    @ParameterizedTest
    @CsvSource({
        // starts, losses, alarms, score
        "1, 2, 0, 100",
        "2, 0, 0, 90",
        "900, 0, 0, 70",
        "0, 3, 0, 95",
        "0, 900, 0, 80",
        "0, 0, 1, 90",
        "0, 0, 900, 70",
        "900, 900, 900, 20",
    })
    void what_happens_again_and_again_takes_more_up_to_a_bound(int starts, int losses, int alarms, int score) {
        assertThat(HealthRules.judge(new HealthFacts(HERE, List.of(), starts, losses, alarms))
                        .score())
                .isEqualTo(score);
    }

    @Test
    void of_several_lines_one_that_is_up_is_enough() {
        Map<String, String> down = Map.of(
                "Device.DSL.Line.1.Enable", "true",
                "Device.DSL.Line.1.Status", "Down",
                "Device.Ethernet.Interface.1.Enable", "1",
                "Device.Ethernet.Interface.1.Upstream", "true",
                "Device.Ethernet.Interface.1.Status", "NotPresent",
                "Device.Ethernet.Interface.2.Enable", "1",
                "Device.Ethernet.Interface.2.Upstream", "false",
                "Device.Ethernet.Interface.2.Status", "Up");
        assertThat(of(HERE, down).reasons())
                .containsExactly(new Reason(
                        25,
                        "its line is not up: Device.DSL.Line.1.Status is Down",
                        "Device.DSL.Line.1.Status",
                        Optional.of(THEN)));
        Map<String, String> fibre = new HashMap<>(down);
        fibre.put("Device.Optical.Interface.1.Status", "Up");
        assertThat(of(HERE, fibre).reasons()).isEmpty();
    }

    @Test
    void radios_sessions_clients_and_what_it_runs_on_each_take_theirs() {
        Health health = of(
                HERE,
                Map.ofEntries(
                        Map.entry("Device.PPP.Interface.1.Enable", "true"),
                        Map.entry("Device.PPP.Interface.1.ConnectionStatus", "Authenticating"),
                        Map.entry("Device.WiFi.Radio.1.Enable", "true"),
                        Map.entry("Device.WiFi.Radio.1.Status", "Error"),
                        Map.entry("Device.WiFi.Radio.2.Enable", "false"),
                        Map.entry("Device.WiFi.Radio.2.Status", "Down"),
                        Map.entry("Device.WiFi.AccessPoint.1.AssociatedDevice.1.SignalStrength", "-81"),
                        Map.entry("Device.WiFi.AccessPoint.1.AssociatedDevice.2.SignalStrength", "-40"),
                        Map.entry("Device.WiFi.AccessPoint.1.AssociatedDevice.3.SignalStrength", "0"),
                        Map.entry("Device.WiFi.AccessPoint.2.AssociatedDevice.1.SignalStrength", "-41"),
                        Map.entry("Device.WiFi.AccessPoint.2.AssociatedDevice.2.SignalStrength", "-90"),
                        Map.entry("Device.WiFi.AccessPoint.2.AssociatedDevice.2.Active", "false"),
                        Map.entry("Device.DeviceInfo.MemoryStatus.Total", "262144"),
                        Map.entry("Device.DeviceInfo.MemoryStatus.Free", "20000"),
                        Map.entry("Device.DeviceInfo.ProcessStatus.CPUUsage", "97")));
        assertThat(health.reasons())
                .extracting(reason -> reason.points() + " " + reason.text())
                .containsExactly(
                        "20 PPP is Authenticating, not Connected",
                        "10 a radio is switched on and Error, not Up",
                        "10 7 % of its memory is free",
                        "5 of 3 Wi-Fi clients 1 are heard below -75 dBm",
                        "5 its processor is busy for 97 %");
        assertThat(health.score()).isEqualTo(50);
    }

    @Property
    void whatever_devices_say_the_score_stays_between_its_bounds(
            @ForAll("values") Map<String, String> values, @ForAll int starts, @ForAll int losses, @ForAll int alarms) {
        Health health = HealthRules.judge(new HealthFacts(HERE, twin(values), starts, losses, alarms));
        assertThat(health.score()).isBetween(0, 100);
        assertThat(health.reasons()).allMatch(reason -> reason.points() > 0 && reason.points() <= 100);
    }

    @Provide
    Arbitrary<Map<String, String>> values() {
        Arbitrary<String> paths = Arbitraries.of(
                "Device.DSL.Line.1.Status",
                "Device.PPP.Interface.1.ConnectionStatus",
                "Device.WiFi.Radio.1.Status",
                "Device.WiFi.AccessPoint.1.AssociatedDevice.1.SignalStrength",
                "Device.DeviceInfo.MemoryStatus.Total",
                "Device.DeviceInfo.MemoryStatus.Free",
                "Device.DeviceInfo.ProcessStatus.CPUUsage",
                "Device.DeviceInfo.");
        Arbitrary<String> said = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.of("", "-1", "1e9", "NaN", "-999999999999999999999999", "0", "true", "Up"));
        return Arbitraries.maps(paths, said).ofMaxSize(8);
    }
}
