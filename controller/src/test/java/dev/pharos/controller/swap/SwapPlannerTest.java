// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.swap.SwapPlan.Action;
import dev.pharos.controller.swap.SwapPlan.Line;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a new router gets of an old one, from what is known of both.
class SwapPlannerTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final String WIFI = "Device.WiFi.";
    private static final String PORTS = "Device.NAT.PortMapping.";

    private static TwinValue known(String path, String value) {
        return new TwinValue(path, value, false, THEN, TwinValue.Source.GET);
    }

    private static Router router(Map<String, String> values) {
        return router(values, new RouterModel(Optional.empty()));
    }

    private static Router router(Map<String, String> values, RouterModel model) {
        List<TwinValue> twin = new ArrayList<>();
        values.forEach((path, value) -> twin.add(
                path.endsWith("KeyPassphrase")
                        ? new TwinValue(path, "", true, THEN, TwinValue.Source.GET)
                        : known(path, value)));
        return new Router(twin, model);
    }

    /// Networks, each with the band that its radio says, all with the number of their access point.
    private static Map<String, String> networks(String... bands) {
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i <= bands.length; i++) {
            values.put(WIFI + "AccessPoint." + i + ".SSIDReference", WIFI + "SSID." + i + ".");
            values.put(WIFI + "AccessPoint." + i + ".Security.ModeEnabled", "WPA2-Personal");
            values.put(WIFI + "AccessPoint." + i + ".Security.KeyPassphrase", "");
            values.put(WIFI + "SSID." + i + ".Enable", "true");
            values.put(WIFI + "SSID." + i + ".SSID", "Net" + i);
            values.put(WIFI + "SSID." + i + ".LowerLayers", WIFI + "Radio." + i);
            values.put(WIFI + "Radio." + i + ".OperatingFrequencyBand", bands[i - 1]);
        }
        return values;
    }

    private static Map<String, String> with(Map<String, String> values, String... more) {
        Map<String, String> all = new HashMap<>(values);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static SwapPlan plan(Map<String, String> old, Map<String, String> now) {
        return SwapPlanner.plan(router(old), router(now), WifiKeys.NONE);
    }

    private static Line line(SwapPlan plan, String id) {
        return plan.lines().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among "
                        + plan.lines().stream().map(Line::id).toList()));
    }

    private static RouterModel model(SupportedObject... objects) {
        return new RouterModel(Optional.of(SupportedModel.of(List.of(objects))));
    }

    private static SupportedObject object(String path, ObjectAccess access, SupportedParameter... parameters) {
        return new SupportedObject(
                path, access, path.endsWith("{i}."), List.of(), List.of(), List.of(parameters), List.of(), List.of());
    }

    private static SupportedParameter parameter(String name, ParameterAccess access, ParameterValueType type) {
        return new SupportedParameter(name, access, type, ValueChangeType.ALLOWED);
    }

    @Test
    void networks_are_found_again_by_their_band_and_not_by_their_numbers() {
        Map<String, String> old = networks("2.4GHz", "5GHz", "5GHz");
        Map<String, String> now = networks("5GHz", "5GHz", "2.4GHz");

        SwapPlan plan = plan(old, now);

        assertThat(line(plan, "wifi.2.4ghz.name").now().orElseThrow().path()).isEqualTo(WIFI + "SSID.3.SSID");
        assertThat(line(plan, "wifi.5ghz.name").now().orElseThrow().path()).isEqualTo(WIFI + "SSID.1.SSID");
        assertThat(line(plan, "wifi.5ghz.2.name").name()).isEqualTo("Second Wi-Fi (guests) 5 GHz: name");
        assertThat(line(plan, "wifi.5ghz.2.name").old().value()).isEqualTo("Net3");
        assertThat(line(plan, "wifi.5ghz.2.name").action()).isEqualTo(Action.SET);
    }

    @ParameterizedTest
    @CsvSource({
        "OperatingFrequencyBand, 6GHz, wifi.6ghz.name",
        "Channel, 11, wifi.2.4ghz.name",
        "Channel, 36, wifi.5ghz.name",
        "PossibleChannels, '36,40', wifi.5ghz.name",
        "OperatingStandards, 'b,g,n', wifi.2.4ghz.name",
        "OperatingStandards, 'ac', wifi.5ghz.name",
        "OperatingStandards, '', wifi.name",
        "OperatingFrequencyBand, '<script>', wifi.name",
        "Channel, 99999999999999999999, wifi.name",
    })
    void a_band_is_what_the_radio_says_or_its_channels_tell(String parameter, String value, String id) {
        Map<String, String> old = networks("x");
        old.remove(WIFI + "Radio.1.OperatingFrequencyBand");

        assertThat(line(plan(with(old, WIFI + "Radio.1." + parameter, value), networks()), id)
                        .why())
                .isEqualTo("the new router has no network of this kind");
    }

    @Test
    void a_network_that_is_off_is_switched_off_and_nothing_else_of_it_is_brought() {
        SwapPlan plan = plan(with(networks("5GHz"), WIFI + "SSID.1.Enable", "0"), networks("5GHz"));

        assertThat(plan.lines()).extracting(Line::id).containsExactly("wifi.5ghz.enabled");
        assertThat(plan.lines().getFirst().action()).isEqualTo(Action.SET);
    }

    @Test
    void a_key_is_brought_only_where_somebody_gives_one_and_is_nowhere_shown() {
        Map<String, String> both = networks("2.4GHz", "2.4GHz");

        SwapPlan plan = SwapPlanner.plan(
                router(both), router(both), new WifiKeys(Optional.of("correct horse"), Optional.empty()));

        assertThat(line(plan, "wifi.2.4ghz.key").action()).isEqualTo(Action.SET);
        assertThat(line(plan, "wifi.2.4ghz.2.key").why())
                .isEqualTo("nobody can read it from a router; give a key, else the new router keeps its own");
        assertThat(plan.toString()).doesNotContain("correct horse");
        assertThat(plan.profile("swap").parameters().values())
                .extracting(Object::toString)
                .contains("correct horse");
    }

    @ParameterizedTest
    @CsvSource({
        "correct horse, true",
        "1234567, false",
        "12345678, true",
        "0123456789012345678901234567890123456789012345678901234567890123, true",
        "z123456789012345678901234567890123456789012345678901234567890123, false",
        "'ééééééééé', false",
        "'', false",
    })
    void a_key_is_what_wpa_takes(String key, boolean right) {
        assertThat(WifiKeys.wrong(key).isEmpty()).isEqualTo(right);
        assertThat(WifiKeys.wrong(key).orElse("be")).startsWith("be").doesNotContain("z1234");
    }

    @ParameterizedTest
    @CsvSource({
        "'1,6,11', 6, SET",
        "'1-13', 6, SET",
        "'36,40', 6, CANNOT",
        "'', 6, SET",
        "'x-y', 6, CANNOT",
    })
    void a_channel_that_was_fixed_by_hand_must_be_one_of_the_new_router(
            String possible, String channel, Action action) {
        Map<String, String> old = with(
                networks("2.4GHz"), WIFI + "Radio.1.AutoChannelEnable", "false", WIFI + "Radio.1.Channel", channel);
        Map<String, String> now = with(
                networks("2.4GHz"),
                WIFI + "Radio.1.AutoChannelEnable",
                "true",
                WIFI + "Radio.1.Channel",
                "1",
                WIFI + "Radio.1.PossibleChannels",
                possible);

        assertThat(line(plan(old, now), "radio.2.4ghz.channel").action()).isEqualTo(action);
        assertThat(plan(with(old, WIFI + "Radio.1.AutoChannelEnable", "1"), now).lines())
                .extracting(Line::id)
                .doesNotContain("radio.2.4ghz.channel");
    }

    @Test
    void the_network_at_home_is_that_in_which_addresses_are_given_out() {
        String pool = "Device.DHCPv4.Server.Pool.1.";
        Map<String, String> old = Map.of(
                "Device.IP.Interface.1.IPv4Address.1.IPAddress",
                "100.64.0.2",
                "Device.IP.Interface.1.IPv4Address.1.SubnetMask",
                "255.255.255.0",
                "Device.IP.Interface.2.IPv4Address.1.IPAddress",
                "10.0.0.1",
                "Device.IP.Interface.2.IPv4Address.1.SubnetMask",
                "255.0.0.0",
                pool + "MinAddress",
                "10.9.9.9");
        Map<String, String> now = Map.of(
                "Device.IP.Interface.7.IPv4Address.1.IPAddress",
                "192.168.1.1",
                "Device.IP.Interface.7.IPv4Address.1.SubnetMask",
                "255.255.255.0",
                pool + "Interface",
                "Device.IP.Interface.7.",
                pool + "MinAddress",
                "192.168.1.2");

        Line line = line(plan(old, now), "home.address");

        assertThat(line.old().value()).isEqualTo("10.0.0.1");
        assertThat(line.now().orElseThrow().path()).isEqualTo("Device.IP.Interface.7.IPv4Address.1.IPAddress");
        assertThat(line(plan(old, Map.of()), "home.address").why()).contains("is not known");
    }

    @Test
    void rows_are_found_by_their_keys_and_those_of_programs_stay_behind() {
        Map<String, String> old = new TreeMap<>(Map.of(
                PORTS + "4.Protocol", "TCP",
                PORTS + "4.ExternalPort", "80",
                PORTS + "4.InternalClient", "10.0.0.2",
                PORTS + "4.Enable", "1",
                PORTS + "5.Protocol", "UDP",
                PORTS + "5.ExternalPort", "81",
                PORTS + "5.LeaseDuration", "60",
                PORTS + "6.Protocol", "TCP",
                PORTS + "6.ExternalPort", "82"));
        Map<String, String> now = Map.of(
                PORTS + "1.Protocol", "TCP",
                PORTS + "1.ExternalPort", "80",
                PORTS + "1.InternalClient", "10.0.0.2",
                PORTS + "1.Enable", "true",
                PORTS + "1.AllInterfaces", "false");

        SwapPlan plan = plan(old, now);

        assertThat(plan.lines()).extracting(Line::name).containsExactly("Port mapping TCP 80", "Port mapping TCP 82");
        assertThat(plan.lines()).extracting(Line::action).containsExactly(Action.SAME, Action.SET);
        Profile profile = plan.profile("swap");
        assertThat(profile.rows()).hasSize(1);
        assertThat(profile.rows().getFirst().key()).containsOnlyKeys("Protocol", "ExternalPort");
        assertThat(profile.rows().getFirst().values()).containsOnlyKeys("AllInterfaces");
    }

    @Test
    void what_the_data_model_forbids_is_said_and_not_tried() {
        Map<String, String> old = with(
                networks("5GHz"),
                "Device.DHCPv4.Server.Pool.1.LeaseTime",
                "for ever",
                "Device.DHCPv4.Server.Pool.1.Enable",
                "1",
                "Device.Time.LocalTimeZone",
                "CET-1",
                PORTS + "1.Protocol",
                "TCP",
                PORTS + "1.ExternalPort",
                "80");
        RouterModel model = model(
                object(
                        "Device.DHCPv4.Server.Pool.{i}.",
                        ObjectAccess.ADD_DELETE,
                        parameter("LeaseTime", ParameterAccess.READ_WRITE, ParameterValueType.INT),
                        parameter("Enable", ParameterAccess.READ_ONLY, ParameterValueType.BOOLEAN)),
                object(
                        PORTS + "{i}.",
                        ObjectAccess.READ_ONLY,
                        parameter("Protocol", ParameterAccess.READ_WRITE, ParameterValueType.STRING),
                        parameter("ExternalPort", ParameterAccess.READ_WRITE, ParameterValueType.UNSIGNED_INT)));

        SwapPlan plan = SwapPlanner.plan(router(old), router(Map.of(), model), WifiKeys.NONE);

        assertThat(line(plan, "dhcp.lease").why()).isEqualTo("the new router takes a whole number here");
        assertThat(line(plan, "dhcp.enabled").why()).isEqualTo("the new router does not let it be changed");
        assertThat(line(plan, "time.zone").why())
                .isEqualTo("the new router has no such setting (Device.Time.LocalTimeZone)");
        assertThat(line(plan, "port.1").why()).isEqualTo("the new router does not let rows be added");
        assertThat(plan.count(Action.SET)).isZero();
        assertThat(plan.profile("swap").parameters()).isEmpty();
    }

    @Test
    void what_is_so_already_is_not_written_however_booleans_are_written() {
        Map<String, String> old = with(networks("5GHz"), WIFI + "SSID.1.Enable", "1");

        assertThat(line(plan(old, networks("5GHz")), "wifi.5ghz.enabled").action())
                .isEqualTo(Action.SAME);
        assertThat(line(plan(old, networks("5GHz")), "wifi.5ghz.enabled").old().time())
                .contains(THEN);
    }

    @Test
    void references_that_are_no_paths_lead_nowhere() {
        Map<String, String> old = networks("5GHz");
        for (String reference :
                List.of("", "..", "Device.WiFi.SSID.*.", "Device.[x].", "x".repeat(100_000), "Device.a b.")) {
            assertThat(plan(with(old, WIFI + "AccessPoint.1.SSIDReference", reference), old)
                            .lines())
                    .as(reference)
                    .isEmpty();
        }
    }

    @Test
    void more_rows_than_a_home_has_are_bounded_and_said() {
        Map<String, String> old = new HashMap<>();
        for (int i = 1; i <= 500; i++) {
            old.put(PORTS + i + ".Protocol", "TCP");
            old.put(PORTS + i + ".ExternalPort", Integer.toString(i));
        }

        SwapPlan plan = plan(old, Map.of());

        assertThat(plan.lines()).hasSize(Limits.LOOKED_AT);
        assertThat(plan.count(Action.SET)).isEqualTo(Limits.ROWS);
        assertThat(line(plan, "port." + (Limits.ROWS + 1)).why()).isEqualTo("only the first 32 are brought over");
    }

    /// Whatever a name is, it is written as it is or not at all, and a router like the old one needs nothing.
    @Property(tries = 300)
    void values_are_literal_and_what_was_brought_needs_nothing_more(@ForAll String name, @ForAll String other) {
        Map<String, String> old = with(networks("2.4GHz"), WIFI + "SSID.1.SSID", name);
        Map<String, String> now = with(networks("2.4GHz"), WIFI + "SSID.1.SSID", other);

        SwapPlan plan = plan(old, now);

        plan.profile("swap")
                .parameters()
                .values()
                .forEach(template -> assertThat(template.isPlain()).isTrue());
        assertThat(plan(old, old).count(Action.SET)).isZero();
        plan.lines().forEach(line -> assertThat(line.writing().isPresent()).isEqualTo(line.action() == Action.SET));
    }
}
