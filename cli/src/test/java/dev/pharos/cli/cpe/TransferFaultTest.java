// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.device.firmware.FileProblem;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransferFaultTest {
    /// Those that a TransferComplete may have (cwmp-1-2).
    private static final Set<Integer> ALLOWED =
            Set.of(9001, 9002, 9010, 9011, 9012, 9014, 9015, 9016, 9017, 9018, 9019, 9020);

    private static int code(boolean upload, UspException failed) {
        return TransferFault.of(upload, failed).faultCode().code();
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, 9015, 9015",
        "INSECURE, 9012, 9012",
        "LOGIN, 9012, 9012",
        "BUSY, 9016, 9011",
        "WITHHELD, 9016, 9011",
        "BROKEN_OFF, 9017, 9011",
        "UNUSABLE, 9018, 9018",
        "UNSIGNED, 9019, 9019",
        "NO_ROOM, 9010, 9011"
    })
    void what_goes_wrong_with_a_file_has_its_own_code(FileProblem problem, int download, int upload) {
        UspException failed = problem.because("as it was");
        assertThat(code(false, failed)).isEqualTo(download);
        assertThat(code(true, failed)).isEqualTo(upload);
        assertThat(TransferFault.of(true, failed).faultString()).isEqualTo("as it was");
    }

    @ParameterizedTest
    @EnumSource
    void every_problem_has_one_that_a_TransferComplete_may_have(FileProblem problem) {
        assertThat(ALLOWED).contains(code(true, problem.because("")), code(false, problem.because("")));
    }

    @Test
    void what_has_no_cause_is_the_failure_of_the_method_and_a_defect_is_one() {
        UspException other = new UspException(StandardErrorCode.COMMAND_FAILURE, "x".repeat(10_000));
        assertThat(code(false, other)).isEqualTo(9010);
        assertThat(code(true, other)).isEqualTo(9011);
        assertThat(TransferFault.of(true, other).faultString()).hasSize(Limits.FAULT_CHARACTERS);
        assertThat(code(true, new UspException(StandardErrorCode.INTERNAL_ERROR, "")))
                .isEqualTo(9002);
    }
}
