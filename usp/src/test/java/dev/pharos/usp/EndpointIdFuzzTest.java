// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class EndpointIdFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void an_endpoint_id_is_read_or_refused(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            assertThat(EndpointId.parse(text)).hasToString(text);
        } catch (MalformedInputException refused) {
            assertThat(refused.code().code()).isEqualTo(7104);
        }
    }
}
