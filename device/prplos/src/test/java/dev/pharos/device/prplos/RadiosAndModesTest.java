// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.device.prplos.ubus.UbusCall;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.StandardErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What radios speak and how wide their channels are, and every way in which a network is secured.
class RadiosAndModesTest {
    private static final String TWO = "Device.WiFi.Radio.1.";
    private static final String FIVE = "Device.WiFi.Radio.2.";
    private static final String SECURITY = "Device.WiFi.AccessPoint.1.Security.";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;
    private volatile boolean hears = true;

    @BeforeEach
    void start() throws Exception {
        UbusTable interfaces = UbusTable.EMPTY.with(
                "interfaces",
                new UbusValue.Array(
                        List.of(UbusTable.EMPTY.with("section", "home").with("ifname", "phy1-ap0"))));
        UbusTable counters = UbusTable.EMPTY.with(
                "phy1-ap0", UbusTable.EMPTY.with("statistics", UbusTable.EMPTY.with("tx_bytes", 4_711)));
        TestGateway box = TestGateway.with(
                root,
                Map.of("wireless", """
                        config wifi-device 'radio0'
                        \toption band '2g'
                        \toption htmode 'VHT20'

                        config wifi-device 'radio1'
                        \toption band '5g'
                        \toption htmode 'HT40+'

                        config wifi-device 'radio2'
                        \toption band '6g'
                        \toption htmode 'EHT320'

                        config wifi-iface 'home'
                        \toption device 'radio1'
                        \toption mode 'ap'
                        \toption ssid 'Home'
                        \toption encryption 'psk2+ccmp'
                        \toption key 'a long secret'
                        """),
                List.of(
                        new UbusObject(
                                "network.wireless",
                                Map.of(
                                        "status",
                                        UbusMethod.of(call -> List.of(UbusTable.EMPTY.with("radio1", interfaces))))),
                        new UbusObject("network.device", Map.of("status", UbusMethod.of(call -> List.of(counters)))),
                        new UbusObject("iwinfo", Map.of("scan", UbusMethod.of(this::scan)))));
        gateway = box;
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value("Device.WiFi.SSID.1.Status").equals("Up"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    /// What a radio hears, as iwinfo of rpcd has it.
    private List<UbusTable> scan(UbusCall call) throws UbusException {
        if (!hears) {
            throw new UbusException(UbusStatus.NO_DATA, "the radio is busy");
        }
        assertThat(call.arguments().text("device")).contains("phy1-ap0");
        UbusTable open = UbusTable.EMPTY
                .with("ssid", "Café")
                .with("bssid", "02:00:00:00:00:01")
                .with("mode", "Master")
                .with("channel", 36)
                .with("signal", -61)
                .with("encryption", UbusTable.EMPTY.with("enabled", false));
        UbusTable hidden = UbusTable.EMPTY
                .with("bssid", "02:00:00:00:00:02")
                .with("mode", "Ad-Hoc")
                .with("channel", 40)
                .with("signal", -82)
                .with(
                        "encryption",
                        UbusTable.EMPTY
                                .with("enabled", true)
                                .with(
                                        "wpa",
                                        new UbusValue.Array(List.of(new UbusValue.Int32(2), new UbusValue.Int32(3))))
                                .with("authentication", texts("psk", "sae")));
        UbusTable company = hidden.with(
                "encryption",
                UbusTable.EMPTY
                        .with("enabled", true)
                        .with("wpa", new UbusValue.Array(List.of(new UbusValue.Int32(1), new UbusValue.Int32(2))))
                        .with("authentication", texts("802.1x")));
        return List.of(UbusTable.EMPTY.with("results", new UbusValue.Array(List.of(open, hidden, company))));
    }

    private static UbusValue texts(String... texts) {
        return new UbusValue.Array(
                List.of(texts).stream().<UbusValue>map(UbusValue.Text::new).toList());
    }

    @Test
    void radios_are_asked_what_they_hear() throws InterruptedException {
        TestGateway box = gateway();

        assertThat(box.model().operate("Device.WiFi.NeighboringWiFiDiagnostic()", Map.of()))
                .containsEntry("Status", "Complete")
                .containsEntry("Result.1.Radio", "Device.WiFi.Radio.2")
                .containsEntry("Result.1.SSID", "Café")
                .containsEntry("Result.1.BSSID", "02:00:00:00:00:01")
                .containsEntry("Result.1.Mode", "Infrastructure")
                .containsEntry("Result.1.Channel", "36")
                .containsEntry("Result.1.SignalStrength", "-61")
                .containsEntry("Result.1.OperatingFrequencyBand", "5GHz")
                .containsEntry("Result.1.SecurityModeEnabled", "None")
                .containsEntry("Result.2.Mode", "AdHoc")
                .containsEntry("Result.2.SecurityModeEnabled", "WPA2-PSK-WPA3-SAE")
                .containsEntry("Result.3.SecurityModeEnabled", "WPA-WPA2-Enterprise")
                .doesNotContainKey("Result.2.SSID")
                .doesNotContainKey("Result.4.BSSID");
        hears = false;
        assertThat(box.model().operate("Device.WiFi.NeighboringWiFiDiagnostic()", Map.of()))
                .containsExactly(Map.entry("Status", "Error"));
    }

    @Test
    void a_radio_tells_what_it_speaks_and_how_wide_it_is() {
        TestGateway box = gateway();

        assertThat(box.value(TWO + "OperatingStandards")).isEqualTo("b,g,n");
        assertThat(box.value(TWO + "OperatingChannelBandwidth")).isEqualTo("20MHz");
        assertThat(box.value(FIVE + "OperatingStandards")).isEqualTo("a,n");
        assertThat(box.value(FIVE + "OperatingChannelBandwidth")).isEqualTo("40MHz");
        assertThat(box.value("Device.WiFi.Radio.3.OperatingStandards")).isEqualTo("ax,be");
        assertThat(box.value("Device.WiFi.Radio.3.OperatingChannelBandwidth")).isEqualTo("320MHz-1");
        assertThat(box.value("Device.WiFi.SSID.1.Stats.BytesSent")).isEqualTo("4711");
    }

    @Test
    void standards_and_width_are_written_as_one_word() throws IOException {
        TestGateway box = gateway();

        box.set(FIVE + "OperatingChannelBandwidth", "80MHz", FIVE + "OperatingStandards", "a,n,ac,ax");
        assertThat(box.text("wireless")).contains("option htmode 'HE80'").doesNotContain("HT40+");
        box.set(FIVE + "OperatingChannelBandwidth", "160MHz");
        assertThat(box.text("wireless")).contains("option htmode 'HE160'");
        box.set(TWO + "OperatingChannelBandwidth", "40MHz");
        assertThat(box.text("wireless")).contains("option htmode 'VHT40'");
        box.set(TWO + "OperatingChannelBandwidth", "20MHz", TWO + "OperatingStandards", "g,b");
        assertThat(box.text("wireless")).contains("option htmode 'NOHT'");
        assertThat(box.value(TWO + "OperatingStandards")).isEqualTo("b,g");

        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "has 40MHz at the most",
                "wireless",
                () -> box.set(FIVE + "OperatingStandards", "a,n"));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "none of a or a,n or a,n,ac",
                "wireless",
                () -> box.set(FIVE + "OperatingStandards", "b,g,n"));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "no word for Auto",
                "wireless",
                () -> box.set(FIVE + "OperatingChannelBandwidth", "Auto"));
    }

    @ParameterizedTest
    @CsvSource({
        "None, none",
        "WPA-Personal, psk",
        "WPA2-Personal, psk2+ccmp",
        "WPA-WPA2-Personal, psk-mixed",
        "WPA3-Personal, sae",
        "WPA3-Personal-Transition, sae-mixed",
        "WPA-Enterprise, wpa",
        "WPA2-Enterprise, wpa2",
        "WPA-WPA2-Enterprise, wpa-mixed",
        "WPA3-Enterprise, wpa3",
        "OWE, owe"
    })
    void every_mode_is_written_and_read(String mode, String word) throws IOException {
        TestGateway box = gateway();
        assertThat(box.value(SECURITY + "ModesSupported").split(",")).contains(mode);

        box.set(
                SECURITY + "RadiusServerIPAddr",
                "192.0.2.9",
                SECURITY + "RadiusSecret",
                "between us",
                SECURITY + "ModeEnabled",
                mode);

        assertThat(box.text("wireless")).contains("option encryption '" + word + "'\n");
        assertThat(box.value(SECURITY + "ModeEnabled")).isEqualTo(mode);
    }

    @Test
    void a_network_that_asks_a_server_needs_one_and_leaves_none_behind() throws IOException {
        TestGateway box = gateway();

        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "RadiusServerIPAddr must have",
                "wireless",
                () -> box.set(SECURITY + "ModeEnabled", "WPA2-Enterprise"));
        box.set(
                SECURITY + "ModeEnabled",
                "WPA2-Enterprise",
                SECURITY + "RadiusServerIPAddr",
                "192.0.2.9",
                SECURITY + "RadiusServerPort",
                "1645",
                SECURITY + "RadiusSecret",
                "between us",
                "Device.WiFi.AccessPoint.1.Accounting.ServerIPAddr",
                "192.0.2.10",
                "Device.WiFi.AccessPoint.1.Accounting.Secret",
                "of the books");
        assertThat(box.text("wireless"))
                .contains("option auth_server '192.0.2.9'")
                .contains("option auth_port '1645'")
                .contains("option auth_secret 'between us'")
                .contains("option acct_server '192.0.2.10'");
        assertThat(box.model().supported().parameter(SECURITY + "RadiusSecret").map(ParameterDefinition::secured))
                .contains(true);

        box.delete("Device.WiFi.AccessPoint.1.");
        assertThat(box.text("wireless")).doesNotContain("between us").doesNotContain("of the books");
    }
}
