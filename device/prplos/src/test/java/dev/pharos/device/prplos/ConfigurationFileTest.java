// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.firmware.files.ConfigFile;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole configuration of a gateway as one file, with a bus on which netifd and procd answer.
class ConfigurationFileTest {
    private static final String SYSTEM = "config system\n\toption hostname 'Router'\n";
    private static final String NETWORK =
            "config interface 'lan'\n\toption ipaddr '192.168.1.1'\n\toption netmask '255.255.255.0'\n";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.with(root, Map.of("system", SYSTEM, "network", NETWORK, "dropbear", "config dropbear\n"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private ConfigFile configuration() throws IOException {
        return gateway().device().files(root.resolve("agent")).configurations().getFirst();
    }

    /// @param members names, and what is in them, by turns
    private static Bytes archive(String... members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            for (int i = 0; i < members.length; i += 2) {
                byte[] content = members[i + 1].getBytes(StandardCharsets.US_ASCII);
                TarArchiveEntry entry = new TarArchiveEntry(members[i], true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return Bytes.adopt(bytes.toByteArray());
    }

    private static Bytes link(byte type, String target) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("etc/config/system", type);
            entry.setLinkName(target);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        return Bytes.adopt(bytes.toByteArray());
    }

    private static UbusTable changed(String packageName) {
        return UbusTable.EMPTY.with("type", "config.change").with("data", UbusTable.EMPTY.with("package", packageName));
    }

    private void refused(String why, Bytes archive) throws IOException {
        ConfigFile configuration = configuration();
        String network = gateway().text("network");
        String system = gateway().text("system");
        assertThatExceptionOfType(UspException.class)
                .isThrownBy(() -> configuration.restore(archive))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(StandardErrorCode.COMMAND_FAILURE))
                .withMessageContaining(why);
        assertThat(gateway().text("network")).isEqualTo(network);
        assertThat(gateway().text("system")).isEqualTo(system);
        try (Stream<Path> left = Files.list(root.resolve("agent"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_backup_has_the_files_of_all_packages_as_sysupgrade_calls_them() throws Exception {
        Files.writeString(gateway().file(".hidden"), "no package");
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(GzipCompressorInputStream.builder()
                .setInputStream(
                        new ByteArrayInputStream(configuration().content().toByteArray()))
                .get())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
                assertThat(entry.getMode() & 0777).isEqualTo(0600);
            }
        }
        assertThat(names).containsExactly("etc/config/dropbear", "etc/config/network", "etc/config/system");
    }

    @Test
    void what_is_put_back_stands_in_the_files_shows_in_the_model_and_is_told_to_the_daemons() throws Exception {
        Bytes backup = configuration().content();
        String before = gateway().text("network");
        Files.writeString(gateway().file("network"), before.replace("192.168.1.1", "10.0.0.1"));
        Files.writeString(gateway().file("dropbear"), "config dropbear\n\toption Port '2222'\n");
        Files.writeString(gateway().file("later"), "config later\n");
        int told = gateway().told.size();

        configuration().restore(backup);

        assertThat(gateway().text("network")).isEqualTo(before);
        assertThat(gateway().text("dropbear")).doesNotContain("2222");
        assertThat(gateway().text("later")).contains("config later");
        assertThat(gateway().told.stream().skip(told))
                .containsExactlyInAnyOrder(changed("network"), changed("dropbear"));
        assertThat(root.resolve("agent/restoring.tar.gz")).doesNotExist();
    }

    @Test
    void a_daemon_that_refuses_it_leaves_all_files_as_they_were() throws Exception {
        String before = gateway().text("dropbear");
        gateway().netifd = UbusStatus.UNKNOWN_ERROR;
        refused(
                "the gateway does not take it",
                archive(
                        "etc/config/dropbear",
                        "config other\n",
                        "etc/config/network",
                        NETWORK.replace("192.168.1.1", "10.0.0.1")));
        assertThat(gateway().text("dropbear")).isEqualTo(before).startsWith("config dropbear");
    }

    @Test
    void what_closes_the_way_to_the_controller_is_taken_back() throws Exception {
        gateway().open = true;
        String before = gateway().text("network");
        gateway().reloaded = () -> gateway().open = false;
        configuration().restore(archive("etc/config/network", before.replace("192.168.1.1", "10.0.0.1")));
        await().atMost(TestGateway.PATIENCE)
                .untilAsserted(() -> assertThat(gateway().text("network")).isEqualTo(before));
    }

    @Test
    void what_a_power_cut_ended_is_finished_at_the_next_start() throws Exception {
        ConfigFile configuration = configuration();
        Files.write(
                root.resolve("agent/restoring.tar.gz"),
                archive("etc/config/network", NETWORK.replace("192.168.1.1", "10.0.0.1"), "etc/config/fresh", "")
                        .toByteArray());
        configuration.resume();
        assertThat(gateway().text("network")).contains("10.0.0.1");
        assertThat(gateway().text("fresh")).isEmpty();
        assertThat(root.resolve("agent/restoring.tar.gz")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../etc/config/system",
                "etc/config/../../passwd",
                "/etc/config/system",
                "etc/config/sub/system",
                "etc/passwd",
                "etc/config/.hidden",
                "etc/config/a b"
            })
    void a_member_that_is_no_file_of_a_package_refuses_the_whole(String name) throws IOException {
        refused("no file of a package", archive("etc/config/network", "config x\n", name, "config y\n"));
        assertThat(root.resolve("etc/passwd")).doesNotExist();
    }

    @Test
    void links_twins_what_is_damaged_empty_or_grows_without_end_is_refused() throws IOException {
        refused("no file of a package", link(TarConstants.LF_SYMLINK, "/etc/shadow"));
        refused("no file of a package", link(TarConstants.LF_LINK, "etc/config/network"));
        refused("no file of a package", link(TarConstants.LF_FIFO, ""));
        refused("there twice", archive("etc/config/system", SYSTEM, "./etc/config/system", SYSTEM));
        refused("none of UCI", archive("etc/config/network", NETWORK, "etc/config/system", "option lost 'x'\n"));
        refused("no tar.gz", Bytes.ofUtf8("no archive"));
        refused("no file of a configuration", archive());
        refused("too large", archive("etc/config/network", " ".repeat(5 << 20)));
        byte[] whole = archive("etc/config/network", NETWORK).toByteArray();
        refused("damaged", Bytes.adopt(Arrays.copyOf(whole, whole.length / 2)));
    }
}
