// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WavesTest {
    private static Waves waves(String text) throws RefusedException {
        return Waves.parse(Arrays.asList(text.split(";")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1%;10%;rest   | 1200 | 12, 120, 1,068
            1%;10%;rest   | 20   | 1, 2, 17
            1%;10%;REST   | 3    | 1, 1, 1
            50;10%;rest   | 1000 | 50, 100, 850
            0.5%;rest     | 1000 | 5, 995
            34%;33%;33%   | 3    | 1, 1, 1
            50%;50%       | 3    | 2, 1
            100%          | 7    | 7
            rest          | 1    | 1
            """)
    void sizes_are_explained_against_the_number_of_devices(String text, int devices, String sizes)
            throws RefusedException {
        assertThat(Words.list(waves(text).of(devices))).isEqualTo(sizes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10%;20%        | the last wave must be "rest", or all must be shares that add up to 100%, not 30%
            5              | the last wave must be "rest"
            60%;60%;rest   | add up to 120%
            100%;rest      | and "rest" beside them
            60%;41%        | add up to 101%
            rest;10%       | nothing is left for the waves after it
            0;rest         | 0 devices
            0%;rest        | more than 0%
            101%;rest      | at most 100%
            -1;rest        | no size of a wave
            ten;rest       | no size of a wave
            1.234%;rest    | no size of a wave
            """)
    void waves_that_do_not_add_up_are_refused_with_what_is_allowed(String text, String reason) {
        assertThatThrownBy(() -> waves(text))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void too_few_devices_for_the_waves_are_refused() throws RefusedException {
        Waves waves = waves("1%;10%;rest");
        assertThatThrownBy(() -> waves.of(2)).hasMessageContaining("do not fit 2 devices: 1%, 10%, rest");
        assertThatThrownBy(() -> waves("50;rest").of(50)).hasMessageContaining("a wave without any");
    }

    @Property
    void sizes_add_up_and_none_is_empty_or_there_is_a_reason(
            @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 30) Integer> parts,
            @ForAll @IntRange(min = 1, max = 100_000) int devices,
            @ForAll boolean shares)
            throws RefusedException {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part).append(shares && parts.size() < 4 ? "%;" : ";"));
        Waves waves = waves(text + "rest");
        try {
            List<Integer> sizes = waves.of(devices);
            assertThat(sizes).hasSameSizeAs(waves.sizes()).allMatch(size -> size >= 1);
            assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(devices);
        } catch (RefusedException misfit) {
            assertThat(devices).isLessThanOrEqualTo(30 * 8 + 8);
        }
    }

    @Property
    void what_is_written_is_read_as_the_same(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 19) Integer> parts) throws RefusedException {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part).append("%;"));
        Waves waves = waves(text + "rest");
        assertThat(Waves.parse(Arrays.asList(waves.toString().split(",")))).isEqualTo(waves);
    }
}
