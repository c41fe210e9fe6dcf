// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.controller.profile.Profile;
import dev.pharos.server.profile.ProfileFile;
import dev.pharos.server.yaml.YamlException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class GenieTranslationFuzzTest {
    private static final JsonMapper JSON = new JsonMapper();

    @FuzzTest(maxDuration = "20s")
    void whatever_an_export_says_it_becomes_a_profile_that_can_be_read_or_is_said_not_to(byte[] data)
            throws YamlException {
        String text = new String(data, StandardCharsets.UTF_8);
        ObjectNode preset = (ObjectNode) JSON.readTree("""
                {"_id": "one", "configurations": [{"type": "provision", "name": "p", "args": ["7"]}]}""");
        JsonNode script = JSON.createObjectNode().put("_id", "p").put("script", text);
        Translation translation = GenieTranslation.of(
                GenieExport.of(List.of(preset.put("precondition", text)), List.of(script), List.of(script), List.of()));
        assertThat(translation.items()).hasSize(2);
        for (Profile profile : translation.profiles()) {
            assertThat(ProfileFile.read(WrittenYaml.of(profile)).getFirst().profile())
                    .isEqualTo(profile);
        }
    }
}
