// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.genieacs.Translation;
import dev.pharos.server.genieacs.WrittenYaml;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What became of an export of GenieACS.
///
/// @param profiles each as a file
/// @param kinds a file of kinds with the names of virtual parameters; left out where there are none
/// @param items everything of the export, and what became of it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GenieTranslationView(
        List<ProfileFileView> profiles, @Nullable String kinds, List<ItemView> items) {
    public static GenieTranslationView of(Translation translation) {
        String kinds = WrittenYaml.of(translation.names());
        return new GenieTranslationView(
                translation.profiles().stream()
                        .map(profile -> new ProfileFileView(profile.name(), WrittenYaml.of(profile)))
                        .toList(),
                kinds.isEmpty() ? null : kinds,
                translation.items().stream().map(ItemView::of).toList());
    }

    /// @param yaml as `pharos plan -f` reads it
    public record ProfileFileView(String name, String yaml) {}

    /// @param became the name of a profile, or the shared name of a parameter; left out where nothing did
    /// @param remarks what is otherwise than it was
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ItemView(
            @Schema(allowableValues = {"preset", "provision", "virtual parameter"})
            String kind,

            String name,

            @Schema(allowableValues = {"whole", "partly", "not", "unneeded"})
            String state,

            @Nullable String became,
            List<String> remarks) {
        static ItemView of(Translation.Item item) {
            return new ItemView(
                    item.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    item.name(),
                    item.state().name().toLowerCase(Locale.ROOT),
                    item.became().isEmpty() ? null : item.became(),
                    item.remarks());
        }
    }

    /// An export, as the northbound interface of GenieACS gives its parts.
    ///
    /// @param presets what `/presets` gives
    /// @param provisions what `/provisions` gives
    /// @param virtualParameters what `/virtual_parameters` gives
    /// @param objects what `/objects` gives
    public record GenieExportBody(
            @Nullable List<JsonNode> presets,
            @Nullable List<JsonNode> provisions,
            @Nullable List<JsonNode> virtualParameters,
            @Nullable List<JsonNode> objects) {}
}
