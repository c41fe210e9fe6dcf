// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.firmware.FileProblem;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Firmware of an OpenWrt with one place for it: a real `sysupgrade` of the test's own, and procd on a real bus.
final class SysupgradeTest {
    private static final String WAITING = "Device.DeviceInfo.FirmwareImage.2.";
    private static final String KEEP = "X_PHAROS-DEV_KeepSettings";

    @TempDir
    private Path root = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private FirmwareGateway box;

    @BeforeEach
    void start() throws Exception {
        box = new FirmwareGateway(root);
    }

    @AfterEach
    void stop() throws Exception {
        box.close();
    }

    private static void refused(StandardErrorCode code, String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        UspException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void an_image_waits_in_memory_is_written_over_what_runs_and_runs_after_the_restart() throws Exception {
        box.boot("boot-1", "24.10.0");
        assertThat(box.value("Device.DeviceInfo.FirmwareImage.1.Version")).isEqualTo("OpenWrt 24.10.0");
        assertThat(box.value(WAITING + "Status")).isEqualTo("NoImage");

        box.operate(WAITING + "Download()", box.order("24.10.2", false));

        assertThat(box.value(WAITING + "Status")).isEqualTo("Available");
        assertThat(box.value(WAITING + "Version")).isEqualTo("OpenWrt 24.10.2");
        assertThat(box.sysupgrades())
                .as("nothing is written before it is activated")
                .isEmpty();
        box.operate(WAITING + "Activate()", Map.of());
        assertThat(box.value("Device.DeviceInfo.BootFirmwareImage")).isEqualTo("Device.DeviceInfo.FirmwareImage.2");
        await().atMost(FirmwareGateway.PATIENCE).until(() -> box.running().equals("24.10.2"));
        assertThat(box.sysupgrades()).containsExactly(box.waiting().toString());

        box.emptyMemory();
        box.boot("boot-2", "24.10.2");

        assertThat(box.value("Device.DeviceInfo.ActiveFirmwareImage")).isEqualTo("Device.DeviceInfo.FirmwareImage.1");
        assertThat(box.value("Device.DeviceInfo.BootFirmwareImage")).isEqualTo("Device.DeviceInfo.FirmwareImage.1");
        assertThat(box.value("Device.DeviceInfo.FirmwareImage.1.Version")).isEqualTo("OpenWrt 24.10.2");
        assertThat(box.value("Device.DeviceInfo.FirmwareImage.1.Status")).isEqualTo("Active");
        assertThat(box.value("Device.DeviceInfo.FirmwareImage.1.Name")).isEqualTo("openwrt.img");
        assertThat(box.value(WAITING + "Status")).as("what ran before is gone").isEqualTo("NoImage");
    }

    @Test
    void settings_go_where_that_is_asked() throws Exception {
        box.boot("boot-1", "24.10.0");
        box.operate(WAITING + "Download()", box.order("24.10.2", false));
        box.operate(WAITING + "Activate()", Map.of(KEEP, "false"));
        await().atMost(FirmwareGateway.PATIENCE).until(() -> box.running().equals("24.10.2"));
        assertThat(box.sysupgrades()).containsExactly("-n " + box.waiting());

        box.emptyMemory();
        box.boot("boot-2", "24.10.2");
        Map<String, String> order = box.order("24.10.3", true);
        order.put(KEEP, "false");
        box.operate(WAITING + "Download()", order);
        await().atMost(FirmwareGateway.PATIENCE).until(() -> box.running().equals("24.10.3"));
        assertThat(box.sysupgrades()).last().isEqualTo("-n " + box.waiting());
    }

    private Path write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    @Test
    void settings_go_but_for_those_by_which_the_agent_is_managed() throws Exception {
        write(
                "lib/upgrade/keep.d/pharos-agent",
                Files.readString(Path.of("../../package/openwrt/pharos-agent.keep"))
                        + "# no path\n/etc/not-there\n/../outside\n");
        Files.setPosixFilePermissions(
                write("etc/config/usp", "config usp\n"), PosixFilePermissions.fromString("rw-------"));
        write("etc/config/network", "config interface 'wan'\n");
        write("etc/pharos-agent/datamodel.journal", "x");
        write("etc/pharos-agent/enrolment/cert.pem", "y");
        Files.createSymbolicLink(root.resolve("etc/pharos-agent/link"), root.resolve("etc/config/network"));
        box.boot("boot-1", "24.10.0");
        box.operate(WAITING + "Download()", box.order("24.10.2", false));
        box.operate(WAITING + "Activate()", Map.of(KEEP, "false"));
        await().atMost(FirmwareGateway.PATIENCE).until(() -> box.running().equals("24.10.2"));

        Path archive = box.waiting().resolveSibling("agent.tar.gz");
        assertThat(box.sysupgrades()).containsExactly("-f " + archive + " " + box.waiting());
        assertThat(Files.readAllLines(root.resolve("restored")))
                .hasSize(3)
                .allMatch(line -> line.contains("root/root"))
                .anyMatch(line -> line.startsWith("-rw-------") && line.endsWith(" etc/config/usp"))
                .anyMatch(line -> line.endsWith(" etc/pharos-agent/datamodel.journal"))
                .anyMatch(line -> line.endsWith(" etc/pharos-agent/enrolment/cert.pem"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");

        box.emptyMemory();
        box.boot("boot-2", "24.10.2");
        box.allowsBackup = false;
        box.operate(WAITING + "Download()", box.order("24.10.3", false));
        box.operate(WAITING + "Activate()", Map.of(KEEP, "false"));
        await().atMost(FirmwareGateway.PATIENCE).until(() -> box.running().equals("24.10.3"));
        assertThat(box.sysupgrades()).last().isEqualTo("-n " + box.waiting());
    }

    @Test
    void what_cannot_be_kept_is_a_reason_to_write_nothing() throws Exception {
        write("lib/upgrade/keep.d/pharos-agent", "/etc/pharos-agent/\n");
        try (RandomAccessFile large =
                new RandomAccessFile(write("etc/pharos-agent/large", "").toFile(), "rw")) {
            large.setLength(Limits.KEPT + 1L);
        }
        box.boot("boot-1", "24.10.0");
        Map<String, String> order = box.order("24.10.2", true);
        order.put(KEEP, "false");
        box.operate(WAITING + "Download()", order);

        await().atMost(FirmwareGateway.PATIENCE)
                .until(() -> box.value(WAITING + "Status").equals("ActivationFailed"));
        assertThat(box.value(WAITING + "BootFailureLog"))
                .isEqualTo("what the agent has to keep of itself cannot be saved: it has more than 16777216 bytes");
        assertThat(box.sysupgrades()).isEmpty();
        assertThat(box.running()).isEqualTo("24.10.0");
    }

    @Test
    void an_image_that_does_not_let_settings_be_kept_runs_without_them_alone() throws Exception {
        box.boot("boot-1", "24.10.0");
        box.allowsBackup = false;
        box.operate(WAITING + "Download()", box.order("24.10.2", false));

        refused(
                StandardErrorCode.INVALID_ARGUMENTS,
                "does not let settings be kept",
                () -> box.operate(WAITING + "Activate()", Map.of()));

        assertThat(box.value(WAITING + "Status")).isEqualTo("Available");
        assertThat(box.sysupgrades()).isEmpty();
        box.operate(WAITING + "Activate()", Map.of(KEEP, "false"));
        await().atMost(FirmwareGateway.PATIENCE).until(() -> box.running().equals("24.10.2"));
    }

    @Test
    void an_image_that_the_gateway_does_not_take_is_refused_before_anything_is_written() throws Exception {
        box.boot("boot-1", "24.10.0");
        assertThat(problem(box.order(Images.of("another-board", "24.10.2"), true), "fwtool_device_match"))
                .isEqualTo(FileProblem.UNUSABLE);
        assertThat(box.value(WAITING + "Status")).isEqualTo("ValidationFailed");
        assertThat(problem(
                        box.order(
                                Images.informed(
                                        new byte[1_000],
                                        "{ \"supported_devices\":[\"generic\"], \"version\": { \"dist\": \"x\" } }"),
                                true),
                        "fwtool_signature"))
                .isEqualTo(FileProblem.UNSIGNED);
        assertThat(problem(box.order(new byte[1_000], true), "refuses the image"))
                .isNotNull();

        assertThat(box.sysupgrades()).isEmpty();
        assertThat(box.running()).isEqualTo("24.10.0");
        assertThat(box.waiting().getParent()).isEmptyDirectory();
        refused(
                StandardErrorCode.COMMAND_FAILURE,
                "ValidationFailed",
                () -> box.operate(WAITING + "Activate()", Map.of()));
    }

    private FileProblem problem(Map<String, String> order, String why) throws InterruptedException {
        try {
            box.operate(WAITING + "Download()", order);
        } catch (UspException refused) {
            assertThat(refused.code()).isEqualTo(StandardErrorCode.COMMAND_FAILURE);
            assertThat(refused).hasMessageContaining(why);
            return FileProblem.of(refused).orElseThrow();
        }
        throw new AssertionError("it was taken");
    }

    @Test
    void what_was_looked_at_is_looked_at_again_before_it_is_written() throws Exception {
        box.boot("boot-1", "24.10.0");
        box.operate(WAITING + "Download()", box.order("24.10.2", false));
        Files.write(box.waiting(), Images.of("another-board", "24.10.2"));

        refused(
                StandardErrorCode.COMMAND_FAILURE,
                "fwtool_device_match",
                () -> box.operate(WAITING + "Activate()", Map.of()));

        assertThat(box.value(WAITING + "Status")).isEqualTo("ActivationFailed");
        assertThat(box.sysupgrades()).isEmpty();
    }

    @Test
    void where_procd_cannot_look_at_images_sysupgrade_is_asked() throws Exception {
        box.validates = false;
        box.boot("boot-1", "24.10.0");
        Files.createFile(root.resolve("bad"));
        assertThat(problem(box.order("24.10.2", false), "Image check failed.")).isEqualTo(FileProblem.UNUSABLE);
        assertThat(box.value(WAITING + "Status")).isEqualTo("ValidationFailed");
        Files.delete(root.resolve("bad"));

        box.operate(WAITING + "Download()", box.order("24.10.2", true));

        await().atMost(FirmwareGateway.PATIENCE).until(() -> box.running().equals("24.10.2"));
        assertThat(box.sysupgrades()).allSatisfy(call -> assertThat(call).doesNotContain("-F"));
        assertThat(box.sysupgrades()).filteredOn(call -> call.startsWith("-T ")).hasSize(3);
    }

    @Test
    void sysupgrade_that_is_killed_leaves_what_runs_and_says_so() throws Exception {
        box.boot("boot-1", "24.10.0");
        Files.createFile(root.resolve("killed"));
        box.operate(WAITING + "Download()", box.order("24.10.2", true));

        await().atMost(FirmwareGateway.PATIENCE)
                .until(() -> box.value(WAITING + "Status").equals("ActivationFailed"));

        assertThat(box.value(WAITING + "BootFailureLog")).isEqualTo("sysupgrade ends with 137: Saving config files...");
        assertThat(box.value("Device.DeviceInfo.FirmwareImage.1.Status")).isEqualTo("Active");
        Files.delete(root.resolve("killed"));
        box.operate(WAITING + "Download()", box.order("24.10.2", true));
        await().atMost(FirmwareGateway.PATIENCE).until(() -> box.running().equals("24.10.2"));
    }

    @Test
    void an_agent_that_dies_while_the_image_is_written_knows_after_the_restart_what_became_of_it() throws Exception {
        box.boot("boot-1", "24.10.0");
        Files.createFile(root.resolve("hangs"));
        box.operate(WAITING + "Download()", box.order("24.10.2", true));
        await().atMost(FirmwareGateway.PATIENCE).until(() -> box.sysupgrades().size() == 1);

        box.boot("boot-1", "24.10.0");
        assertThat(box.value(WAITING + "Status"))
                .as("the agent alone began anew")
                .isEqualTo("Available");
        box.emptyMemory();
        box.boot("boot-2", "24.10.0");
        assertThat(box.value(WAITING + "Status"))
                .as("the power failed before anything was written")
                .isEqualTo("ActivationFailed");
        assertThat(box.value(WAITING + "BootFailureLog"))
                .isEqualTo("the host runs OpenWrt 24.10.0 after the restart, not OpenWrt 24.10.2");
        assertThat(box.value("Device.DeviceInfo.BootFirmwareImage")).isEqualTo("Device.DeviceInfo.FirmwareImage.2");
        assertThat(box.value("Device.DeviceInfo.ActiveFirmwareImage")).isEqualTo("Device.DeviceInfo.FirmwareImage.1");
    }

    @Test
    void a_command_that_is_cancelled_before_its_window_writes_nothing() throws Exception {
        box.boot("boot-1", "24.10.0");
        box.operate(WAITING + "Download()", box.order("24.10.2", false));
        FutureTask<Map<String, String>> later = new FutureTask<>(() -> box.operate(
                WAITING + "Activate()",
                Map.of("TimeWindow.1.Start", "600", "TimeWindow.1.End", "700", "TimeWindow.1.Mode", "AnyTime")));
        Thread thread = Thread.ofVirtual().start(later);
        await().atMost(FirmwareGateway.PATIENCE).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        thread.interrupt();
        assertThatThrownBy(later::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(box.sysupgrades()).isEmpty();
        assertThat(box.value(WAITING + "Status")).isEqualTo("Available");
    }

    @Test
    void the_gateway_boots_from_its_one_place_alone() throws Exception {
        box.boot("boot-1", "24.10.0");
        box.operate(WAITING + "Download()", box.order("24.10.2", false));

        refused(
                StandardErrorCode.INVALID_VALUE,
                "one place alone",
                () -> box.set("Device.DeviceInfo.BootFirmwareImage", "Device.DeviceInfo.FirmwareImage.2"));
        box.set("Device.DeviceInfo.BootFirmwareImage", "Device.DeviceInfo.FirmwareImage.1");

        box.emptyMemory();
        box.boot("boot-2", "24.10.0");
        assertThat(box.value(WAITING + "Status")).as("memory was emptied").isEqualTo("NoImage");
        assertThat(box.value(WAITING + "Version")).isEmpty();
    }

    @Test
    void a_folder_that_belongs_to_nobody_we_know_holds_no_images() throws Exception {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(root.resolve("link"), elsewhere);
        assertThatThrownBy(() -> ImageFolder.at(link)).hasMessageContaining("belongs to somebody else");
        assertThat(ImageFolder.at(elsewhere)).isEqualTo(elsewhere.toAbsolutePath());
        assertThat(Files.getPosixFilePermissions(elsewhere)).hasSize(3);
    }

    @Test
    void settings_are_asked_of_both_commands() throws Exception {
        box.boot("boot-1", "24.10.0");
        for (String command : List.of("Download()", "Activate()")) {
            assertThat(box.element()
                            .supported()
                            .object("Device.DeviceInfo.FirmwareImage.{i}.")
                            .orElseThrow()
                            .command(command)
                            .orElseThrow()
                            .inputs())
                    .filteredOn(input -> input.name().equals(KEEP))
                    .hasSize(1);
        }
    }
}
