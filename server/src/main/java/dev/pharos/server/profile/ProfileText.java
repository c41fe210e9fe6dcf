// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.Template;
import java.util.Map;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A profile as it is kept: as JSON that [ProfileFile] reads.
public final class ProfileText {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    // YAML takes fewer characters as they are than JSON does
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    private ProfileText() {}

    public static String of(Profile profile) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", profile.name());
        node.put("query", profile.query());
        node.put("priority", profile.priority());
        ObjectNode parameters = node.putObject("parameters");
        profile.parameters().forEach((path, value) -> parameters.put(path.object() + path.parameter(), value.text()));
        for (Profile.Row row : profile.rows()) {
            ObjectNode one = node.withArray("rows").addObject();
            one.put("object", row.object());
            put(one.putObject("key"), row.key());
            put(one.putObject("values"), row.values());
        }
        return JSON.writeValueAsString(node).replace("\u007f", "\\u007f");
    }

    private static void put(ObjectNode node, Map<String, Template> values) {
        values.forEach((name, value) -> node.put(name, value.text()));
    }
}
