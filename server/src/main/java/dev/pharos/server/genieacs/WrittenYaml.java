// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import dev.pharos.controller.kind.NamePattern;
import dev.pharos.controller.kind.NameRule;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.Template;
import java.util.List;
import java.util.Map;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// Profiles and names as people keep them in files: YAML, each text in the quotation marks of JSON, which YAML reads
/// the same.
public final class WrittenYaml {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    private WrittenYaml() {}

    /// As [dev.pharos.server.profile.ProfileFile] reads it.
    public static String of(Profile profile) {
        StringBuilder text = new StringBuilder();
        text.append("name: ").append(quoted(profile.name())).append('\n');
        text.append("query: ").append(quoted(profile.query())).append('\n');
        text.append("priority: ").append(profile.priority()).append('\n');
        if (!profile.parameters().isEmpty()) {
            text.append("parameters:\n");
            profile.parameters().forEach((path, value) -> line(text, "  ", path.object() + path.parameter(), value));
        }
        if (!profile.rows().isEmpty()) {
            text.append("rows:\n");
        }
        for (Profile.Row row : profile.rows()) {
            text.append("  - object: ").append(row.object()).append('\n');
            values(text, "key", row.key());
            values(text, "values", row.values());
        }
        return text.toString();
    }

    private static void values(StringBuilder text, String name, Map<String, Template> values) {
        if (!values.isEmpty()) {
            text.append("    ").append(name).append(":\n");
            values.forEach((key, value) -> line(text, "      ", key, value));
        }
    }

    private static void line(StringBuilder text, String indent, String name, Template value) {
        text.append(indent)
                .append(quoted(name))
                .append(": ")
                .append(quoted(value.text()))
                .append('\n');
    }

    /// A file of kinds that gives every device these names; empty where there are none.
    public static String of(List<NameRule> names) {
        if (names.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("""
                kinds:
                  - name: genieacs
                    because: virtual parameters of GenieACS
                    match: {}
                    names:
                """);
        for (NameRule rule : names) {
            text.append("      ").append(rule.shown()).append(":\n");
            for (NamePattern from : rule.from()) {
                text.append("        - ").append(quoted(from.toString())).append('\n');
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text).replace("\u007f", "\\u007f");
    }
}
