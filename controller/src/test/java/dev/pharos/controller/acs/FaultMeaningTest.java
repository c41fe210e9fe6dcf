// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.rpc.FaultStruct;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultMeaningTest {
    @ParameterizedTest
    @CsvSource({
        "9015, '', 9015 File transfer failure: unable to contact file server",
        "9015, 'no route', 9015 File transfer failure: unable to contact file server: no route",
        "9018, 'FILE CORRUPTED', 9018 File transfer failure: file corrupted",
        "9003, 'Invalid arguments (URL)', 9003 Invalid arguments (URL)",
        "9870, 'odd', 9870 Vendor specific fault: odd",
        "9870, '', 9870 Vendor specific fault"
    })
    void a_fault_is_told_in_words_and_what_the_device_says_once(int code, String said, String words) {
        assertThat(FaultMeaning.words(new FaultStruct(FaultCode.of(code), said)))
                .isEqualTo(words);
        assertThat(FaultMeaning.of(new FaultStruct(FaultCode.of(code), said)).errMsg())
                .contains("TR-069 fault " + code)
                .doesNotStartWith(" ");
    }

    @Test
    void a_transfer_that_ended_well_has_no_fault_and_a_code_that_is_none_is_none() {
        assertThat(FaultMeaning.ofTransfer(Map.of())).isEmpty();
        assertThat(FaultMeaning.ofTransfer(Map.of("FaultCode", "0", "FaultString", "fine")))
                .isEmpty();
        assertThat(FaultMeaning.ofTransfer(Map.of("FaultCode", "none"))).isEmpty();
        assertThat(FaultMeaning.ofTransfer(Map.of("FaultCode", "9017", "FaultString", "it stalls")))
                .contains("9017 File transfer failure: unable to complete download: it stalls");
    }
}
