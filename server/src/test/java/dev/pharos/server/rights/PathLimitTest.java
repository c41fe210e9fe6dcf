// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which paths of requests are in a part of a data model.
final class PathLimitTest {
    private static PathLimit limit(String text) {
        return PathLimit.of(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "Device.WiFi., Device.WiFi.",
                "Device.WiFi., Device.WiFi.SSID.1.SSID",
                "Device.WiFi., Device.WiFi.SSID.[SSID==\"a.b\"].Enable",
                "Device.WiFi., Device.WiFi.Reset()",
                "Device.WiFi.Radio.*., Device.WiFi.Radio.[Alias==\"x].y\"].",
                "Device.WiFi.Radio.*.Channel, Device.WiFi.Radio.2.Channel",
                "Device.WiFi.Radio.*.Channel, Device.WiFi.Radio.*.Channel",
                "Device.WiFi.Radio.2.Channel, Device.WiFi.Radio.2.Channel",
                "Device.Reboot(), Device.Reboot()",
                "Device., Device.Anything()"
            })
    void a_path_beneath_is_covered(String limit, String path) {
        assertThat(limit(limit).covers(path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "Device.WiFi., Device.",
                "Device.WiFi., Device.WiFiX.SSID",
                "Device.WiFi., Device.WiFi.SSID.1.LowerLayers+.Enable",
                "Device.WiFi., Device.WiFi.SSID.1.LowerLayers#1+.Enable",
                "Device.WiFi., InternetGatewayDevice.WiFi.Enable",
                "Device.WiFi.Radio.*.Channel, Device.WiFi.Radio.2.",
                "Device.WiFi.Radio.*.Channel, Device.WiFi.Radio.2.Channel.",
                "Device.WiFi.Radio.*.Channel, Device.WiFi.Radio.2.Channel.More",
                "Device.WiFi.Radio.*.Channel, Device.WiFi.Radio.2.Enable",
                "Device.WiFi.Radio.2.Channel, Device.WiFi.Radio.*.Channel",
                "Device.Reboot(), Device.FactoryReset()",
                "Device.WiFi., [\"Device.WiFi.\"].Device.Reboot()"
            })
    void any_other_path_is_not(String limit, String path) {
        assertThat(limit(limit).covers(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Device",
                "WiFi.",
                "Device..",
                "Device.WiFi.[Alias==\"x\"].",
                "Device.WiFi.SSID.1.X+.",
                "Device.A B"
            })
    void what_is_no_part_of_a_data_model_is_no_limit(String text) {
        assertThat(PathLimit.of(text)).isEmpty();
    }

    @Test
    void who_is_limited_to_paths_alone_sees_every_device() {
        Scope scope = Scope.of("", List.of(limit("Device.WiFi."))).orElseThrow();
        assertThat(scope.and("tag:x")).isEqualTo("tag:x");
        assertThat(scope.words()).isEqualTo("changes only Device.WiFi.");
        assertThat(Scope.of(" ", List.of())).isEmpty();
    }
}
