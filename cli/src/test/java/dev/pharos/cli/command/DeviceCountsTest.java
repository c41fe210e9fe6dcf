// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class DeviceCountsTest {

    private static String printed(String answer) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        DeviceCounts.of(new JsonMapper().readTree(answer)).print(out);
        out.flush();
        return text.toString();
    }

    @Test
    void bars_are_as_long_as_there_are_devices_and_one_is_seen_beside_many() {
        assertThat(printed("""
                        {"devices":1005,"having":1001,"distinct":3,"bars":[],
                         "values":[{"value":"HomeBox","devices":800},{"value":"Old","devices":200},{"value":"X\\u0007","devices":1}]}
                        """)).isEqualTo("""
                        HomeBox  800  ████████████████████████████████████████
                        Old      200  ██████████
                        X\uFFFD         1  ▌
                        (1005 devices, 4 without a known value)
                        """);
    }

    @Test
    void more_numbers_than_are_named_become_ranges() {
        assertThat(printed("""
                        {"devices":3,"having":3,"distinct":3,"values":[{"value":"1","devices":1}],
                         "bars":[{"from":"1","to":"5","devices":2},{"from":"5","to":"9","devices":0}]}
                        """)).isEqualTo("""
                        1 … 5  2  ████████████████████████████████████████
                        5 … 9  0
                        (3 devices)
                        """);
    }

    @Test
    void more_texts_than_are_named_are_said_to_be_more_and_none_is_none() {
        assertThat(printed("""
                        {"devices":3,"having":3,"distinct":3,"values":[{"value":"a","devices":1}],"bars":[]}
                        """)).endsWith("(3 devices, 2 more values)\n");
        assertThat(printed("""
                        {"devices":0,"having":0,"distinct":0,"values":[],"bars":[]}
                        """)).isEqualTo("(0 devices)\n");
    }
}
