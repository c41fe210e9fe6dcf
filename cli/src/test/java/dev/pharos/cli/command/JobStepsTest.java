// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cli.rest.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobStepsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            get Device.A Device.B.    | {"get":{"paths":["Device.A","Device.B."]}}
            set Device.A.B=1 Device.A.C=x=y | {"set":{"allowPartial":false,"updateObjects":[{"objPath":"Device.A.","paramSettings":[{"param":"B","value":"1","required":true},{"param":"C","value":"x=y","required":true}]}]}}
            add Device.T A=1          | {"add":{"allowPartial":false,"createObjects":[{"objPath":"Device.T.","paramSettings":[{"param":"A","value":"1","required":true}]}]}}
            delete Device.T.1.        | {"delete":{"objPaths":["Device.T.1."]}}
            operate Device.Go A=1     | {"operate":{"command":"Device.Go()","sendResp":true,"inputArgs":{"A":"1"}}}
            instances Device.T.       | {"instances":{"objPaths":["Device.T."]}}
            """)
    void a_step_is_what_the_verb_for_one_device_would_send(String words, String step) {
        assertThat(JobSteps.of(List.of(words.split(" ")))).isEqualTo(Json.parse("[" + step + "]"));
    }

    @Test
    void then_parts_the_steps() {
        assertThat(JobSteps.of(List.of("get", "Device.A", "then", "operate", "Device.Reboot()")))
                .hasSize(2)
                .extracting(step -> step.propertyNames().iterator().next())
                .containsExactly("get", "operate");
    }
}
