// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.datamodel.format.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the bytes are: they are a model, or are refused. Runs over its seeds here; `JAZZER_FUZZ=1` makes
/// it search.
class XmlFuzzTest {
    private static final String[] STEMS = {
        "",
        "<document><model name='M'><object name='Device.'>",
        "<document><model name='M'><object name='Device.'><parameter name='P'><syntax>",
        "<document><dataType name='T'>"
    };

    @TempDir
    private static Path folder;

    @FuzzTest(maxDuration = "20s")
    void a_file_is_a_model_or_is_refused(FuzzedDataProvider data) throws IOException {
        Path file = folder.resolve("fuzz.xml");
        Files.writeString(file, data.pickValue(STEMS) + data.consumeRemainingAsAsciiString());
        try {
            assertThat(BbfModelReader.read(file).objects()).isNotEmpty();
        } catch (ModelFormatException refused) {
            assertThat(refused).hasMessageStartingWith("fuzz.xml");
        }
    }
}
