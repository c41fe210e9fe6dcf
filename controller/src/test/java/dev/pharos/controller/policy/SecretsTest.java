// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretsTest {
    @Test
    void a_name_is_judged_alike_the_second_time() {
        for (int time = 0; time < 2; time++) {
            assertThat(Secrets.isSecret("Device.WiFi.AccessPoint.1.Security.KeyPassphrase"))
                    .isTrue();
            assertThat(Secrets.isSecret("Device.LocalAgent.ControllerTrust.Challenge.1.Value"))
                    .isTrue();
            assertThat(Secrets.isSecret("Device.DeviceInfo.VendorConfigFile.1.Value"))
                    .isFalse();
            assertThat(Secrets.isSecret("Device.DeviceInfo.SerialNumber")).isFalse();
        }
    }

    @Test
    void names_that_a_device_makes_up_are_judged_and_do_not_fill_the_memory() {
        for (int i = 0; i < 3 * Limits.REMEMBERED_NAMES; i++) {
            assertThat(Secrets.isSecret("Device.X_MADE_UP." + i + ".Name" + i)).isFalse();
            assertThat(Secrets.isSecret("Device.X_MADE_UP." + i + ".Password" + i))
                    .isTrue();
        }
        assertThat(Secrets.isSecret("Device.X_MADE_UP." + "Long".repeat(1_000) + "Password"))
                .isTrue();
        // as many threads as look at once may each add one beyond
        assertThat(Secrets.remembered()).isBetween(1, Limits.REMEMBERED_NAMES + 64);
    }
}
