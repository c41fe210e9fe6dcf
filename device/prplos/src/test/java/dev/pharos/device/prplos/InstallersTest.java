// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.device.prplos.firmware.FirmwareBanks;
import dev.pharos.device.prplos.firmware.Sysupgrade;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a gateway has to install firmware.
class InstallersTest {
    @TempDir
    private Path root = Path.of("");

    private void sysupgrade() throws IOException {
        Path program = root.resolve("sbin/sysupgrade");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(root.resolve("tmp"));
    }

    private static UbusObject banks(int... ids) {
        List<UbusValue> banks = Arrays.stream(ids)
                .<UbusValue>mapToObj(id -> UbusTable.EMPTY.with("id", (long) id).with("active", id == ids[0]))
                .toList();
        return new UbusObject(
                "fwbank",
                Map.of("dump", UbusMethod.of(_ -> List.of(UbusTable.EMPTY.with("bank", new UbusValue.Array(banks))))));
    }

    @Test
    void one_without_either_has_none() throws Exception {
        try (TestGateway gateway = TestGateway.with(root, Map.of())) {
            assertThat(gateway.device().installer()).isEmpty();
        }
    }

    @Test
    void sysupgrade_is_taken_where_it_is_and_images_wait_beside_it_in_memory() throws Exception {
        sysupgrade();
        try (TestGateway gateway = TestGateway.with(root, Map.of(), List.of(banks(1)))) {
            assertThat(gateway.device().installer()).as("one bank is no choice").hasValueSatisfying(installer -> {
                assertThat(installer).isInstanceOf(Sysupgrade.class);
                assertThat(installer.images())
                        .contains(root.resolve("tmp/pharos-agent-firmware").toAbsolutePath());
            });
        }
    }

    @Test
    void two_banks_go_before_it() throws Exception {
        sysupgrade();
        try (TestGateway gateway = TestGateway.with(root, Map.of(), List.of(banks(1, 2)))) {
            assertThat(gateway.device().installer()).containsInstanceOf(FirmwareBanks.class);
        }
    }
}
