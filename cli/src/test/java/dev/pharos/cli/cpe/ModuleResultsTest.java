// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.rpc.FaultStruct;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `DUStateChange!` says, in the fault codes of TR-069.
class ModuleResultsTest {
    @ParameterizedTest
    @CsvSource({
        "Install, 7002, 'it was cancelled, or the agent stopped meanwhile', 9001",
        "Install, 7002, 'version 1.0 is older than 2.0, which is installed', 9001",
        "Update, 7002, 'version 1.0 is older than 2.0, which is installed', 9030",
        "Update, 7002, 'it did not end within 60 s', 9001",
        "Update, 7003, '', 9002",
        "Install, 7004, '', 9003",
        "Install, 7005, '', 9004",
        "Install, 7012, '', 9024",
        "Install, 7032, '', 9001",
        "Install, 7033, '', 9015",
        "Install, 7034, '', 9012",
        "Install, 7035, '', 9018",
        "Install, 7036, '', 9018",
        "Install, 7037, '', 9001",
        "Install, 7223, '', 9023",
        "Install, 7225, '', 9025",
        "Install, 7226, '', 9026",
        "Update, 7226, '', 9032",
        "Install, 7227, '', 9027",
        "Uninstall, 7229, '', 9029",
        "Uninstall, 7230, '', 9029"
    })
    void each_failure_has_its_code(String operation, int code, String why, int fault) {
        FaultStruct told = ModuleResults.of(Map.of(
                        "OperationPerformed",
                        operation,
                        "Fault.FaultCode",
                        Integer.toString(code),
                        "Fault.FaultString",
                        why))
                .outcome()
                .fault();
        assertThat(told.faultCode().code()).isEqualTo(fault);
        assertThat(told.faultString()).isEqualTo(why);
    }
}
