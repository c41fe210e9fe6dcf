// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.controller.profile.Profile;
import dev.pharos.server.yaml.YamlException;
import java.nio.charset.StandardCharsets;

final class ProfileFileFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void a_file_is_read_and_kept_or_refused_with_a_line(byte[] data) throws YamlException {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            for (ProfileFile.Written written : ProfileFile.read(text)) {
                Profile profile = written.profile();
                assertThat(written.line()).isPositive();
                assertThat(ProfileFile.read(ProfileText.of(profile)).getFirst().profile())
                        .isEqualTo(profile);
            }
        } catch (YamlException refused) {
            assertThat(refused.line()).isPositive();
            assertThat(refused.reason()).isNotEmpty();
        }
    }
}
