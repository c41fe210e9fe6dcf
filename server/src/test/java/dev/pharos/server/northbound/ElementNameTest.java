// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rights.PathLimit;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be the name of a Service Element: nothing else reaches a device.
final class ElementNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Device",
                "Device.",
                "Device.WiFi.SSID",
                "Device.WiFi.SSID.1.",
                "Device.WiFi.AccessPoint.*.AssociatedDevice.",
                "InternetGatewayDevice.LANDevice.1.",
                "Device.X_ACME-COM_Thing.2"
            })
    void the_path_of_an_object_is_a_name_with_and_without_its_dot(String text) {
        String path = text.endsWith(".") ? text : text + ".";
        assertThat(ElementName.of("name", text).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "Devices.WiFi.",
                "Device..WiFi.",
                "Device.WiFi..",
                "Device.WiFi.SSID.*.",
                "Device.WiFi.SSID.0.",
                "Device.WiFi.SSID.[SSID==\"a\"].",
                "Device.WiFi.SSID.1.LowerLayers+.",
                "Device.WiFi.SSID.1.LowerLayers#1+.",
                "Device.Reboot()",
                "Device.Boot!",
                "Device.WiFi SSID.",
                "Device.WiFi.\n",
                "Device.W\u00EFFi."
            })
    void anything_else_is_none(String text) {
        assertThatThrownBy(() -> ElementName.of("name", text))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        refused -> assertThat(refused.field()).isEqualTo("name"));
    }

    @Test
    void rows_are_those_of_the_table_itself() {
        ElementName table = ElementName.of("name", "Device.WiFi.AccessPoint.*.AssociatedDevice");
        assertThat("Device.WiFi.AccessPoint.1.AssociatedDevice.2.").matches(table.rows());
        assertThat("Device.WiFi.AccessPoint.1.AssociatedDevice.2.Stats.").doesNotMatch(table.rows());
        assertThat("Device.WiFi.AccessPoint.AssociatedDevice.2.").doesNotMatch(table.rows());
        assertThat(table.isWide()).isTrue();
        assertThat(table.isRow()).isFalse();
        assertThat(ElementName.of("name", "Device.WiFi.SSID.12").isRow()).isTrue();
    }

    @Test
    void a_name_of_any_length_is_judged_at_once() {
        assertThatThrownBy(() -> ElementName.of("name", "Device." + "a.".repeat(1 << 20)))
                .isInstanceOf(BadRequestException.class);
    }

    /// A limit of paths judges names as texts, so that no name may be read in two ways.
    @FuzzTest(maxDuration = "20s")
    void whatever_is_taken_is_a_path_that_limits_can_judge(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            String path = ElementName.of("name", text).path();
            assertThat(path)
                    .endsWith(".")
                    .doesNotContain("..")
                    .doesNotContain("[")
                    .doesNotContain("+");
            assertThat(PathLimit.of(path)).as(path).isPresent();
            assertThat(ElementName.of("name", path).path()).isEqualTo(path);
        } catch (BadRequestException refused) {
            assertThat(refused.reason()).contains("must be the path of an object");
        }
        try {
            assertThat(ElementName.command("name", text)).isEqualTo(text).endsWith("()");
            assertThat(PathLimit.of(text)).as(text).isPresent();
        } catch (BadRequestException refused) {
            assertThat(refused.reason()).contains("must be the path of a command");
        }
    }
}
