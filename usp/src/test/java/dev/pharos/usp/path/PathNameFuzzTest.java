// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;

class PathNameFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void a_path_is_read_or_refused(byte[] data) {
        try {
            PathName path = PathName.parse(new String(data, StandardCharsets.UTF_8));
            assertThat(PathName.parse(path.toString())).isEqualTo(path);
        } catch (MalformedInputException refused) {
            assertThat(refused.code().code()).isEqualTo(7008);
        }
    }
}
