// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.datamodel.definition.SupportedDataModel;
import java.io.IOException;
import java.io.StringReader;

/// Whatever the text is: it is a model that survives being written and read, or it is refused with its line.
/// Runs over its seeds here; `JAZZER_FUZZ=1` makes it search.
class ModelFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void a_text_is_a_model_or_is_refused(FuzzedDataProvider data) throws IOException {
        String[] stems = {"", "model urn:x\nobject Device. readOnly\n", "model urn:x\nobject Device. readOnly\nparam A "
        };
        String text = data.pickValue(stems) + data.consumeRemainingAsString();
        try {
            SupportedDataModel model = ModelFormat.read(new StringReader(text), "fuzz");
            StringBuilder written = new StringBuilder();
            ModelFormat.write(model, written);
            assertThat(ModelFormat.read(new StringReader(written.toString()), "again"))
                    .isEqualTo(model);
        } catch (ModelFormatException refused) {
            assertThat(refused).hasMessageStartingWith("fuzz");
        }
    }
}
