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

    /// Every code that a device may have, and what it is over USP.
    @ParameterizedTest
    @CsvSource({
        "9000, 7001", "9001, 7002", "9002, 7003", "9003, 7004", "9004, 7005", "9005, 7026", "9006, 7011",
        "9007, 7012", "9008, 7013", "9009, 7002", "9010, 7022", "9011, 7022", "9012, 7022", "9013, 7022",
        "9014, 7022", "9015, 7022", "9016, 7022", "9017, 7022", "9018, 7022", "9019, 7022", "9020, 7022",
        "9021, 7002", "9022, 7004", "9023, 7223", "9024, 7012", "9025, 7225", "9026, 7226", "9027, 7227",
        "9028, 7016", "9029, 7229", "9030, 7002", "9031, 7004", "9032, 7226"
    })
    void every_code_has_one_of_usp(int code, int usp) {
        assertThat(FaultMeaning.of(new FaultStruct(FaultCode.of(code), ""))
                        .errCode()
                        .code())
                .isEqualTo(usp);
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
