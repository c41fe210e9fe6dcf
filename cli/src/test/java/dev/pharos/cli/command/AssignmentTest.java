// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Device.WiFi.SSID.1.SSID=Net|Device.WiFi.SSID.1.|SSID|Net",
                "Device.WiFi.SSID.1.SSID=a=b|Device.WiFi.SSID.1.|SSID|a=b",
                "Device.WiFi.SSID.1.SSID=10.0.0.1|Device.WiFi.SSID.1.|SSID|10.0.0.1",
                "Device.WiFi.SSID.1.SSID=|Device.WiFi.SSID.1.|SSID|''",
                "Device.WiFi.SSID.*.Enable=true|Device.WiFi.SSID.*.|Enable|true",
                "Device.WiFi.SSID.[SSID==\"a=b.c\"].Enable=1|Device.WiFi.SSID.[SSID==\"a=b.c\"].|Enable|1",
                "Device.WiFi.SSID.[SSID==\"]=\"].Enable=x|Device.WiFi.SSID.[SSID==\"]=\"].|Enable|x",
                "Description=door|''|Description|door"
            })
    void the_first_equals_sign_outside_a_search_parts_path_and_value(
            String typed, String object, String parameter, String value) {
        assertThat(Assignment.parse(typed)).hasValueSatisfying(assignment -> {
            assertThat(assignment.object()).isEqualTo(object);
            assertThat(assignment.parameter()).isEqualTo(parameter);
            assertThat(assignment.value()).isEqualTo(value);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "=value", "Device.WiFi.", "Device.WiFi.SSID.[SSID==\"a\"].Enable"})
    void what_assigns_nothing_is_refused(String typed) {
        assertThat(Assignment.parse(typed)).isEmpty();
    }

    @Test
    void a_value_may_hold_brackets_and_quotes() {
        assertThat(Assignment.parse("Device.WiFi.SSID.1.SSID=[\"x\"]=.y"))
                .contains(new Assignment("Device.WiFi.SSID.1.SSID", "[\"x\"]=.y"));
    }
}
