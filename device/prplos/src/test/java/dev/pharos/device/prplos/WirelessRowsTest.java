// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.usp.StandardErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wireless networks that management adds and deletes: an SSID and an access point are one section.
class WirelessRowsTest {
    private static final String SSIDS = "Device.WiFi.SSID.";
    private static final String POINTS = "Device.WiFi.AccessPoint.";
    private static final String TEXT = """
            config wifi-device 'radio0'
            \toption band '5g'

            # of the house
            config wifi-iface 'home'
            \toption device 'radio0'
            \toption mode 'ap'
            \toption ssid 'Home'
            \toption encryption 'psk2'
            \toption key 'a long secret'

            """;

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

    private String guest() {
        return gateway().add(SSIDS, "SSID", "Guest", "LowerLayers", "Device.WiFi.Radio.1", "Enable", "true");
    }

    private String pointOf(String ssid) {
        return gateway().add(POINTS, "SSIDReference", ssid, "Enable", "true", "Security.KeyPassphrase", "guests only");
    }

    @Test
    void a_network_and_its_access_point_are_one_section() throws IOException {
        String ssid = guest();

        assertThat(ssid).isEqualTo(SSIDS + "2.");
        assertThat(gateway().value(ssid + "Name")).isEqualTo("wifi_iface_1");
        assertThat(gateway().text("wireless")).isEqualTo(TEXT + """
                config wifi-iface 'wifi_iface_1'
                \toption mode 'none'
                \toption disabled '0'
                \toption network 'lan'
                \toption ssid 'Guest'
                \toption device 'radio0'

                """);
        assertThat(gateway().value("Device.WiFi.AccessPointNumberOfEntries")).isEqualTo("1");

        String point = pointOf(ssid);

        assertThat(gateway().called())
                .containsExactly("network reload", "service event", "network reload", "service event");
        assertThat(gateway().text("wireless")).startsWith(TEXT).endsWith("""
                config wifi-iface 'wifi_iface_1'
                \toption mode 'ap'
                \toption disabled '0'
                \toption network 'lan'
                \toption ssid 'Guest'
                \toption device 'radio0'
                \toption encryption 'psk2'
                \toption key 'guests only'

                """);
        assertThat(gateway().value(point + "Security.ModeEnabled")).isEqualTo("WPA2-Personal");
        assertThat(gateway().value(point + "WMMEnable")).isEqualTo("true");
        assertThat(gateway().value(point + "Enable")).isEqualTo("true");
    }

    @Test
    void both_in_one_message_are_one_commit_and_one_reload() throws IOException {
        gateway().manage(transaction -> {
            String ssid = TestGateway.add(transaction, SSIDS, "SSID", "Open", "Enable", "true");
            TestGateway.add(
                    transaction,
                    POINTS,
                    "SSIDReference",
                    ssid,
                    "Enable",
                    "true",
                    "WMMEnable",
                    "false",
                    "Security.ModeEnabled",
                    "None");
        });

        assertThat(gateway().called()).containsExactly("network reload", "service event");
        assertThat(gateway().text("wireless")).contains("ssid 'Open'", "encryption 'none'", "wmm '0'", "disabled '0'");
        assertThat(gateway().value(POINTS + "2.SSIDReference")).isEqualTo(SSIDS + "2");
    }

    @Test
    void an_access_point_that_nobody_switched_on_is_off() throws IOException {
        String ssid = guest();
        String point = gateway().add(POINTS, "SSIDReference", ssid, "Security.KeyPassphrase", "guests only");

        assertThat(gateway().text("wireless")).contains("mode 'ap'", "disabled '1'");
        assertThat(gateway().value(point + "Enable")).isEqualTo("false");
        gateway().set(point + "Enable", "true");
        assertThat(gateway().value(ssid + "Enable")).isEqualTo("true");
        gateway().delete(point);
        assertThat(gateway().value(ssid + "Enable")).isEqualTo("false");
        pointOf(ssid);
        assertThat(gateway().text("wireless")).contains("mode 'ap'", "disabled '1'");
    }

    @Test
    void a_deleted_access_point_leaves_its_network_and_a_deleted_network_takes_all_with_it() throws IOException {
        String ssid = guest();
        String point = pointOf(ssid);

        gateway().delete(point);
        assertThat(gateway().text("wireless"))
                .contains("mode 'none'", "disabled '1'", "ssid 'Guest'")
                .doesNotContain("guests only");
        assertThat(gateway().value(ssid + "SSID")).isEqualTo("Guest");
        point = pointOf(ssid);
        gateway().delete(ssid);

        assertThat(gateway().text("wireless")).isEqualTo(TEXT);
        assertThat(gateway().model().snapshot().object(point)).isEmpty();
        assertThat(guest()).isEqualTo(SSIDS + "3.");
    }

    @Test
    void both_deleted_in_one_message_are_one_reload() throws IOException {
        gateway().delete(POINTS + "1.", SSIDS + "1.");

        assertThat(gateway().text("wireless")).doesNotContain("wifi-iface");
        assertThat(gateway().called()).containsExactly("network reload", "service event");
        assertThat(gateway().value("Device.WiFi.SSIDNumberOfEntries")).isEqualTo("0");
    }

    @Test
    void a_refused_reload_leaves_no_row_and_brings_deleted_rows_back() throws IOException {
        gateway().netifd = UbusStatus.UNKNOWN_ERROR;

        gateway().assertRefused(StandardErrorCode.INTERNAL_ERROR, "refused", "wireless", this::guest);
        gateway()
                .assertRefused(
                        StandardErrorCode.INTERNAL_ERROR,
                        "refused",
                        "wireless",
                        () -> gateway().delete(SSIDS + "1."));

        assertThat(gateway().value("Device.WiFi.SSIDNumberOfEntries")).isEqualTo("1");
        assertThat(gateway().value(POINTS + "1.SSIDReference")).isEqualTo(SSIDS + "1");
        gateway().netifd = UbusStatus.OK;
        assertThat(gateway().value(guest() + "SSID")).isEqualTo("Guest");
    }

    @Test
    void what_cannot_be_is_refused_before_anything_happens() throws IOException {
        gateway()
                .assertRefused(
                        StandardErrorCode.OBJECT_COULD_NOT_BE_CREATED,
                        "needs its SSIDReference",
                        "wireless",
                        () -> gateway().add(POINTS, "Security.KeyPassphrase", "guests only"));
        gateway()
                .assertRefused(
                        StandardErrorCode.DUPLICATE_KEY, "SSIDReference", "wireless", () -> pointOf(SSIDS + "1"));
        String ssid = guest();
        gateway()
                .assertRefused(
                        StandardErrorCode.INVALID_VALUE,
                        POINTS + "2.Security.KeyPassphrase must have 8 to 63 characters",
                        "wireless",
                        () -> gateway().add(POINTS, "SSIDReference", ssid));
        gateway()
                .assertRefused(
                        StandardErrorCode.NON_WRITEABLE_PARAMETER,
                        "is said when the row is added",
                        "wireless",
                        () -> gateway().set(POINTS + "1.SSIDReference", ssid));
    }

    @Test
    void instance_numbers_stay_over_restarts_even_where_the_file_cannot_be_read_for_a_while() throws IOException {
        Kept journal = new Kept();
        gateway().restart(journal);
        String ssid = guest();
        pointOf(ssid);
        gateway().delete(SSIDS + "1.");
        String whole = gateway().text("wireless");
        Files.writeString(gateway().file("wireless"), "config wifi-iface 'half");

        gateway().restart(journal);
        Files.writeString(gateway().file("wireless"), whole.replace("'Guest'", "'Visitors'"));

        await().atMost(TestGateway.PATIENCE)
                .until(() -> gateway().value(ssid + "SSID").equals("Visitors"));
        assertThat(gateway().value(POINTS + "2.SSIDReference")).isEqualTo(SSIDS + "2");
        assertThat(gateway().value("Device.WiFi.SSIDNumberOfEntries")).isEqualTo("1");
        assertThat(gateway().add(SSIDS, "SSID", "Next")).isEqualTo(SSIDS + "3.");
    }

    @Test
    void others_who_write_at_the_same_time_lose_nothing_and_take_nothing_over() throws IOException {
        String ssid = guest();
        Files.writeString(gateway().file("wireless"), TEXT + "config wifi-iface 'wifi_iface_2'\n\toption mode 'sta'\n");

        // its section is gone already, which is what was wanted
        gateway().delete(ssid);
        assertThat(gateway().value(guest() + "Name")).isEqualTo("wifi_iface_1");
        assertThat(gateway().value(guest() + "Name")).isEqualTo("wifi_iface_3");

        assertThat(gateway().text("wireless"))
                .startsWith(TEXT)
                .contains("config wifi-iface 'wifi_iface_2'\n\toption mode 'sta'\n");
    }

    /// What a journal keeps, in memory.
    private static final class Kept implements ChangeJournal {
        private final List<Change> changes = new ArrayList<>();

        @Override
        public List<Change> load() {
            return List.copyOf(changes);
        }

        @Override
        public void append(List<Change> more) {
            changes.addAll(more);
        }

        @Override
        public void close() {}
    }
}
