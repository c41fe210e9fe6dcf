// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A name of a wireless network is written over management, and ends in the file and at the daemon.
class FoundingExampleTest {
    private static final String TEXT = """
            # the box in the hall
            config wifi-device 'radio0'
            \toption type 'mac80211'
            \toption band '5g'
            \toption channel '36'
            \toption country 'DE'

            # made by hand
            config wifi-iface
            \toption device 'radio0'
            \toption network 'lan'
            \toption mode 'ap'
            \toption ssid "OpenWrt" # as it came
            \toption encryption 'psk2+ccmp'
            \toption key 'a long secret'

            config wifi-iface 'uplink'
            \toption device 'radio0'
            \toption mode 'sta'
            \toption ssid 'Neighbour'
            """;
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String POINT = "Device.WiFi.AccessPoint.1.";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.with(root, Map.of("wireless", TEXT));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private Path file() {
        return gateway().file("wireless");
    }

    private String value(String path) {
        return gateway().value(path);
    }

    private void set(String... pathsAndValues) {
        gateway().set(pathsAndValues);
    }

    private void assertRefused(StandardErrorCode code, String why, String... pathsAndValues) throws IOException {
        gateway().assertRefused(code, why, "wireless", () -> set(pathsAndValues));
    }

    /// As the file is once the anonymous section has its name.
    private static String adopted() {
        return TEXT.replace("config wifi-iface\n", "config wifi-iface 'wifi_iface_1'\n");
    }

    @Test
    void the_configuration_is_what_management_reads() throws IOException {
        assertThat(value("Device.WiFi.Radio.1.Name")).isEqualTo("radio0");
        assertThat(value("Device.WiFi.Radio.1.Enable")).isEqualTo("true");
        assertThat(value("Device.WiFi.Radio.1.OperatingFrequencyBand")).isEqualTo("5GHz");
        assertThat(value("Device.WiFi.Radio.1.Channel")).isEqualTo("36");
        assertThat(value("Device.WiFi.Radio.1.AutoChannelEnable")).isEqualTo("false");
        assertThat(value("Device.WiFi.Radio.1.RegulatoryDomain")).isEqualTo("DE ");
        assertThat(value(SSID)).isEqualTo("OpenWrt");
        assertThat(value("Device.WiFi.SSID.1.LowerLayers")).isEqualTo("Device.WiFi.Radio.1");
        assertThat(value(POINT + "SSIDReference")).isEqualTo("Device.WiFi.SSID.1");
        assertThat(value(POINT + "Security.ModeEnabled")).isEqualTo("WPA2-Personal");
        assertThat(value("Device.WiFi.SSIDNumberOfEntries")).isEqualTo("1");
        assertThat(Files.readString(file())).isEqualTo(adopted());
    }

    @Test
    void a_written_name_is_in_the_file_the_daemon_is_told_and_it_reads_back() throws IOException {
        set(SSID, "MyNetwork");

        assertThat(Files.readString(file())).isEqualTo(adopted().replace("\"OpenWrt\"", "'MyNetwork'"));
        assertThat(gateway().called()).containsExactly("network reload", "service event");
        assertThat(gateway().told)
                .containsExactly(UbusTable.EMPTY
                        .with("type", "config.change")
                        .with("data", UbusTable.EMPTY.with("package", "wireless")));
        assertThat(value(SSID)).isEqualTo("MyNetwork");
    }

    @Test
    void one_message_is_one_reload_whatever_is_in_it() throws IOException {
        set(SSID, "MyNetwork", "Device.WiFi.Radio.1.Channel", "44", POINT + "Security.KeyPassphrase", "another secret");

        assertThat(gateway().called()).containsExactly("network reload", "service event");
        assertThat(Files.readString(file())).contains("'MyNetwork'", "'44'", "'another secret'", "'psk2+ccmp'");
    }

    @Test
    void a_refused_reload_leaves_all_as_it_was() throws IOException {
        gateway().netifd = UbusStatus.UNKNOWN_ERROR;

        assertRefused(
                StandardErrorCode.INTERNAL_ERROR,
                "the reload of wireless was refused",
                SSID,
                "MyNetwork",
                "Device.WiFi.Radio.1.Channel",
                "44");

        assertThat(value(SSID)).isEqualTo("OpenWrt");
        assertThat(value("Device.WiFi.Radio.1.Channel")).isEqualTo("36");
        gateway().netifd = UbusStatus.OK;
        set(SSID, "MyNetwork");
        assertThat(Files.readString(file())).contains("'MyNetwork'").contains("option channel '36'");
    }

    @Test
    void what_a_daemon_may_have_read_before_it_was_taken_back_is_told_again() throws IOException {
        BlockingQueue<String> read = new LinkedBlockingQueue<>();
        gateway().reloaded = () -> read.add(content());
        gateway().netifd = UbusStatus.UNKNOWN_ERROR;

        assertRefused(StandardErrorCode.INTERNAL_ERROR, "was refused", SSID, "MyNetwork");
        gateway().netifd = UbusStatus.OK;

        await().atMost(TestGateway.PATIENCE).until(() -> !read.isEmpty());
        assertThat(read).allMatch(adopted()::equals);
    }

    @Test
    void netifd_is_told_of_names_since_it_knows_networks_by_them() throws Exception {
        gateway().close();
        Path other = Files.createDirectory(root.resolve("other"));
        try (TestGateway anew = TestGateway.with(other, Map.of("wireless", TEXT))) {
            assertThat(anew.daemon.invoked()).containsExactly("network reload", "service event");
            assertThat(anew.text("wireless")).isEqualTo(adopted());
        }
    }

    private String content() {
        try {
            return Files.readString(file());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void a_mode_that_the_key_does_not_fit_is_refused_before_anything_happens() throws IOException {
        set(POINT + "Security.ModeEnabled", "None");
        Files.writeString(file(), Files.readString(file()).replace("'a long secret'", "'short'"));
        await().atMost(TestGateway.PATIENCE)
                .untilAsserted(() -> assertRefused(
                        StandardErrorCode.INVALID_VALUE,
                        POINT + "Security.KeyPassphrase must have 8 to 63 characters",
                        POINT + "Security.ModeEnabled",
                        "WPA3-Personal"));

        set(POINT + "Security.ModeEnabled", "WPA3-Personal", POINT + "Security.KeyPassphrase", "long enough");

        assertThat(Files.readString(file())).contains("option encryption 'sae'", "option key 'long enough'");
    }

    @Test
    void who_writes_a_file_in_place_loses_no_row_by_it() throws Exception {
        String whole = Files.readString(file());
        for (int times = 0; times < 100; times++) {
            // empty for a moment, as with an editor
            Files.writeString(file(), "");
            Files.writeString(file(), whole);
            Thread.sleep(25);
        }
        Files.writeString(file(), whole.replace("'36'", "'40'"));
        await().atMost(TestGateway.PATIENCE)
                .untilAsserted(
                        () -> assertThat(value("Device.WiFi.Radio.1.Channel")).isEqualTo("40"));
        assertThat(value(SSID)).isEqualTo("OpenWrt");
    }

    @Test
    void channel_and_automatic_channel_are_one_option() throws IOException {
        set("Device.WiFi.Radio.1.AutoChannelEnable", "true");
        assertThat(Files.readString(file())).contains("option channel 'auto'");
        set("Device.WiFi.Radio.1.Channel", "40");
        assertThat(value("Device.WiFi.Radio.1.AutoChannelEnable")).isEqualTo("false");
        assertThat(Files.readString(file())).contains("option channel '40'");
        set("Device.WiFi.Radio.1.AutoChannelEnable", "true");
        set("Device.WiFi.Radio.1.AutoChannelEnable", "false");
        assertThat(Files.readString(file())).contains("option channel '40'");
        assertRefused(
                StandardErrorCode.VALUE_CONFLICT,
                "contradicts",
                "Device.WiFi.Radio.1.AutoChannelEnable",
                "true",
                "Device.WiFi.Radio.1.Channel",
                "48");
    }

    @Test
    void switches_and_lists_are_written_as_daemons_read_them() throws IOException {
        set("Device.WiFi.SSID.1.Enable", "false", POINT + "SSIDAdvertisementEnabled", "false");
        set(POINT + "AllowedMACAddress", "02:00:00:00:00:01,02:00:00:00:00:02", POINT + "MaxAllowedAssociations", "5");

        assertThat(Files.readString(file()))
                .contains("option disabled '1'", "option hidden '1'", "option maxassoc '5'")
                .contains("list maclist '02:00:00:00:00:01'\n\tlist maclist '02:00:00:00:00:02'");
        assertThat(value(POINT + "Enable")).isEqualTo("false");
        set(POINT + "MaxAllowedAssociations", "0");
        assertThat(Files.readString(file())).doesNotContain("maxassoc");
    }

    @Test
    void what_an_administrator_changes_shows_and_rows_come_and_go_with_their_sections() throws IOException {
        Files.writeString(
                file(),
                adopted().replace("\"OpenWrt\"", "'Edited'")
                        + "\nconfig wifi-iface 'guest'\n\toption device 'radio0'\n\toption mode 'ap'\n\toption ssid 'Guest'\n");
        await().atMost(TestGateway.PATIENCE)
                .until(
                        () -> gateway().model().snapshot().value("Device.WiFi.SSID.2.SSID"),
                        Optional.of("Guest")::equals);
        assertThat(value(SSID)).isEqualTo("Edited");

        Files.writeString(file(), TEXT.substring(0, TEXT.indexOf("# made by hand")));
        await().atMost(TestGateway.PATIENCE)
                .until(() -> value("Device.WiFi.SSIDNumberOfEntries").equals("0"));
        assertThat(value("Device.WiFi.AccessPointNumberOfEntries")).isEqualTo("0");
    }

    @Test
    void a_section_that_was_deleted_behind_our_back_is_told_and_not_made_again() throws IOException {
        Files.writeString(file(), TEXT.substring(0, TEXT.indexOf("# made by hand")));

        assertThatExceptionOfType(UspException.class).isThrownBy(() -> set(SSID, "MyNetwork"));
        assertThat(Files.readString(file())).doesNotContain("MyNetwork");
    }

    @Test
    void a_network_of_a_kind_that_the_model_has_no_word_for_has_no_access_point() throws IOException {
        Files.writeString(file(), adopted().replace("psk2+ccmp", "wep-open"));

        await().atMost(TestGateway.PATIENCE)
                .until(() -> value("Device.WiFi.AccessPointNumberOfEntries").equals("0"));
        assertThat(value(SSID)).isEqualTo("OpenWrt");
    }
}
