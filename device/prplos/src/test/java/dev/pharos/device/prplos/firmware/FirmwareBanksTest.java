// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.prplos.ubus.UbusCall;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Firmware of a gateway with two banks, with an object `fwbank` that answers as that of iopsysWRT.
final class FirmwareBanksTest {
    private static final String SECOND = "Device.DeviceInfo.FirmwareImage.2.";

    @TempDir
    private Path root = Path.of("");

    private final String[] versions = {"7.1.0", ""};
    private volatile int active = 1;
    private volatile int boot = 1;
    private volatile String end = "Available";
    private volatile String written = "7.2.0";
    private final List<UbusTable> upgrades = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private FirmwareGateway box;

    @BeforeEach
    void start() throws Exception {
        box = new FirmwareGateway(root);
        Files.writeString(root.resolve("running"), "24.10.0\n");
        box.system.serve(new UbusObject(
                "fwbank",
                Map.of(
                        "dump",
                        UbusMethod.of(_ -> List.of(dump())),
                        "set_bootbank",
                        UbusMethod.of(call -> {
                            boot = (int) call.arguments().number("bank").orElseThrow() - 10;
                            return List.of(UbusTable.EMPTY.with("success", true));
                        }),
                        "upgrade",
                        UbusMethod.of(this::upgrade))));
    }

    @AfterEach
    void stop() throws IOException {
        box.close();
    }

    private UbusTable dump() {
        return UbusTable.EMPTY.with("bank", new UbusValue.Array(List.of(bank(1), bank(2))));
    }

    /// Their ids are others than our numbers.
    private UbusTable bank(int number) {
        return UbusTable.EMPTY
                .with("name", "bank" + number)
                .with("id", number + 10L)
                .with("active", active == number)
                .with("boot", boot == number)
                .with("upgrade", active != number)
                .with("fwver", "fw")
                .with("swver", versions[number - 1])
                .with("status", active == number ? "Active" : "Available");
    }

    private List<UbusTable> upgrade(UbusCall call) {
        upgrades.add(call.arguments());
        assertThat(Path.of(call.arguments().text("path").orElseThrow())).isRegularFile();
        String bank = Long.toString(call.arguments().number("bank").orElseThrow());
        Thread.ofVirtual().start(() -> {
            try {
                tell(bank, "Downloading");
                tell("99", "Available");
                versions[Integer.parseInt(bank) - 11] = end.equals("Available") ? written : "";
                tell(bank, end);
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
        return List.of(UbusTable.EMPTY.with("result", "ok"));
    }

    private void tell(String bank, String status) throws Exception {
        box.system.send(
                "sysupgrade", UbusTable.EMPTY.with("status", status).with("bank_id", bank), FirmwareGateway.PATIENCE);
    }

    private void boot(String bootId) throws Exception {
        box.boot(FirmwareBanks.find(box.ubus(), root.resolve("memory")).orElseThrow(), bootId, "24.10.0");
    }

    private List<String> reboots() {
        return box.daemon.invoked().stream()
                .filter(call -> call.startsWith("system") && call.contains("reboot"))
                .toList();
    }

    @Test
    void an_image_goes_into_the_other_bank_which_is_booted_and_the_way_back_is_open() throws Exception {
        boot("boot-1");
        assertThat(box.value("Device.DeviceInfo.FirmwareImage.1.Version")).isEqualTo("7.1.0");
        assertThat(box.value(SECOND + "Status")).isEqualTo("NoImage");
        Map<String, String> order = box.order("24.10.2", false);
        order.put("X_PHAROS-DEV_KeepSettings", "false");

        box.operate(SECOND + "Download()", order);

        assertThat(upgrades).singleElement().satisfies(upgrade -> {
            assertThat(upgrade.number("bank")).hasValue(12);
            assertThat(upgrade.isTrue("auto_activate")).isFalse();
            assertThat(upgrade.isTrue("keep_settings")).isFalse();
        });
        assertThat(box.value(SECOND + "Status")).isEqualTo("Available");
        assertThat(box.value(SECOND + "Version")).isEqualTo("7.2.0");
        assertThat(root.resolve("memory")).isEmptyDirectory();
        box.operate(SECOND + "Activate()", Map.of());
        assertThat(boot).isEqualTo(2);
        await().atMost(FirmwareGateway.PATIENCE).until(() -> reboots().size() == 1);

        active = 2;
        boot("boot-2");
        assertThat(box.value("Device.DeviceInfo.ActiveFirmwareImage")).isEqualTo("Device.DeviceInfo.FirmwareImage.2");
        assertThat(box.value(SECOND + "Status")).isEqualTo("Active");
        assertThat(box.value("Device.DeviceInfo.FirmwareImage.1.Status")).isEqualTo("Available");
        box.set("Device.DeviceInfo.BootFirmwareImage", "Device.DeviceInfo.FirmwareImage.1");
        assertThat(boot).isEqualTo(1);
    }

    @Test
    void a_bank_that_does_not_come_up_is_told_though_the_version_is_the_same() throws Exception {
        written = "7.1.0";
        boot("boot-1");
        box.operate(SECOND + "Download()", box.order("24.10.2", true));
        await().atMost(FirmwareGateway.PATIENCE).until(() -> reboots().size() == 1);

        boot = 1; // the boot loader fell back
        boot("boot-2");

        assertThat(box.value(SECOND + "Status")).isEqualTo("ActivationFailed");
        assertThat(box.value("Device.DeviceInfo.BootFirmwareImage")).isEqualTo("Device.DeviceInfo.FirmwareImage.1");
    }

    @Test
    void an_image_that_cannot_be_written_is_none() throws Exception {
        boot("boot-1");
        end = "InstallationFailed";
        assertThatThrownBy(() -> box.operate(SECOND + "Download()", box.order("24.10.2", true)))
                .hasMessageContaining("fwbank says that the image is InstallationFailed");
        assertThat(box.value(SECOND + "Status")).isEqualTo("InstallationFailed");
        assertThatThrownBy(() -> box.operate(SECOND + "Download()", box.order(Images.of("another-board", "1"), true)))
                .hasMessageContaining("fwtool_device_match");
        assertThat(box.value(SECOND + "Status")).isEqualTo("ValidationFailed");
        assertThat(upgrades).as("the second never came so far").hasSize(1);
        assertThat(reboots()).isEmpty();
    }

    @Test
    void what_others_have_put_into_a_bank_is_there() throws Exception {
        versions[1] = "7.0.9";
        boot("boot-1");
        assertThat(box.value(SECOND + "Version")).isEqualTo("7.0.9");
        assertThat(box.value(SECOND + "Status")).isEqualTo("Available");
        versions[1] = "";
        boot("boot-2");
        assertThat(box.value(SECOND + "Status")).isEqualTo("NoImage");
    }

    @Test
    void banks_none_of_which_runs_are_left_alone() throws Exception {
        active = 3;
        assertThat(FirmwareBanks.find(box.ubus(), root.resolve("memory"))).isEmpty();
    }
}
