// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MeasureTest {
    @ParameterizedTest
    @CsvSource({
        "Boot! rises 0.5, Boot! rises 0.5",
        "Boot! rises by 2, Boot! rises 2",
        "offline rises 1, offline rises 1",
        "Device.DeviceInfo.MemoryStatus.Free falls 10 %, Device.DeviceInfo.MemoryStatus.Free falls 10%",
        "Device.WiFi.Radio.*.Noise RISES 3, Device.WiFi.Radio.*.Noise rises 3"
    })
    void a_measure_is_read_and_written(String text, String written) throws RefusedException {
        assertThat(Measure.parse(text)).hasToString(written);
        assertThat(Measure.parse(written)).isEqualTo(Measure.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Boot!",
                "Boot! falls 1",
                "Boot! rises 10%",
                "Boot rises 1",
                "Device.X. falls 10%",
                "Device.X falls -1",
                "Device.X falls much",
                "Device.X falls 1; drop table devices falls 2"
            })
    void what_is_none_is_refused(String text) {
        assertThatThrownBy(() -> Measure.parse(text)).isInstanceOf(RefusedException.class);
    }
}
