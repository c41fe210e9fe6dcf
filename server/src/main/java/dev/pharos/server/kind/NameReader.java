// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.kind;

import dev.pharos.controller.kind.Limits;
import dev.pharos.controller.kind.NamePattern;
import dev.pharos.controller.kind.NameRule;
import dev.pharos.server.yaml.YamlException;
import dev.pharos.server.yaml.YamlFields;
import dev.pharos.server.yaml.YamlNode;
import dev.pharos.server.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names of a kind as they are written: what is shown, and from what it comes.
final class NameReader {
    private static final List<String> FIELDS = List.of("from", "values", "says");

    private NameReader() {}

    /// @param entries what is shown, and a name, a list of names, or a mapping
    static List<NameRule> rules(List<YamlNode.Entry> entries) throws YamlException {
        List<NameRule> rules = new ArrayList<>();
        for (YamlNode.Entry entry : entries) {
            rules.add(rule(entry));
            if (rules.size() > Limits.NAMES) {
                throw new YamlException(entry.key().line(), "a kind has " + Limits.NAMES + " names at most");
            }
        }
        return rules;
    }

    private static NameRule rule(YamlNode.Entry entry) throws YamlException {
        int line = entry.key().line();
        NamePattern shown = pattern(entry.key().text(), line);
        Map<String, String> words = Map.of();
        String says = "";
        YamlNode sources = entry.value();
        if (entry.value() instanceof YamlNode.Mapping) {
            YamlFields fields = YamlFields.of(entry.value(), "a name", FIELDS);
            sources = fields.get("from")
                    .orElseThrow(() -> new YamlException(entry.value().line(), "\"from\" is missing"));
            words = words(fields.get("values"));
            says = fields.get("says").isPresent() ? fields.required("says") : "";
        }
        List<NamePattern> from = new ArrayList<>();
        for (String text : KindFile.texts(sources, "the name from which " + shown + " comes")) {
            from.add(pattern(text, sources.line()));
        }
        Optional<String> objection = NameRule.objection(shown, from, words, says);
        if (objection.isPresent()) {
            throw new YamlException(line, objection.get());
        }
        return new NameRule(shown, from, words, says);
    }

    private static NamePattern pattern(String text, int line) throws YamlException {
        return NamePattern.of(text)
                .orElseThrow(() -> new YamlException(
                        line,
                        "\"" + YamlReader.shortened(text) + "\" is no name, such as Device.Hosts.Host.{i}.HostName, or"
                                + " Device.DeviceInfo. with all beneath it"));
    }

    private static Map<String, String> words(Optional<YamlNode> node) throws YamlException {
        Map<String, String> words = new LinkedHashMap<>();
        if (node.isPresent()) {
            for (YamlNode.Entry entry : KindFile.entries(node.get(), "\"values\"")) {
                // None and null are words of devices too
                words.put(entry.key().text(), YamlFields.text(entry.value(), "what is shown for a value"));
            }
            if (words.size() > Limits.WORDS) {
                throw new YamlException(node.get().line(), "a name has " + Limits.WORDS + " values at most");
            }
        }
        return words;
    }
}
