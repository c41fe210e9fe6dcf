// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.kind;

import dev.pharos.controller.kind.DeviceMatch;
import dev.pharos.controller.kind.Kind;
import dev.pharos.controller.kind.Limits;
import dev.pharos.controller.kind.NameRule;
import dev.pharos.controller.kind.Quirk;
import dev.pharos.server.yaml.YamlException;
import dev.pharos.server.yaml.YamlFields;
import dev.pharos.server.yaml.YamlNode;
import dev.pharos.server.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Kinds of devices as they are written, in YAML: see docs/kinds.md.
final class KindFile {
    private static final List<String> FIELDS = List.of("name", "because", "match", "quirks", "names");

    private final String file;

    private KindFile(String file) {
        this.file = file;
    }

    /// @param file its name, for people
    /// @throws YamlException where and why it cannot be read
    static List<Kind> read(String file, String text) throws YamlException {
        KindFile reader = new KindFile(file);
        List<Kind> kinds = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlNode document : YamlReader.documents(text)) {
            Optional<YamlNode> list =
                    YamlFields.of(document, "a file", List.of("kinds")).get("kinds");
            if (list.isEmpty() || !(list.get() instanceof YamlNode.Sequence(List<YamlNode> items, int _))) {
                throw new YamlException(document.line(), "\"kinds\" must be a list of kinds of devices");
            }
            for (YamlNode item : items) {
                Kind kind = reader.kind(item);
                if (!names.add(kind.name())) {
                    throw new YamlException(item.line(), "a kind of the name " + kind.name() + " stands here already");
                }
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private Kind kind(YamlNode node) throws YamlException {
        YamlFields fields = YamlFields.of(node, "a kind", FIELDS);
        Optional<YamlNode> match = fields.get("match");
        if (match.isEmpty()) {
            throw new YamlException(node.line(), "\"match\" is missing; {} is every device");
        }
        Map<Quirk, List<String>> quirks = quirks(fields);
        Optional<YamlNode> named = fields.get("names");
        List<NameRule> names = named.isEmpty() ? List.of() : NameReader.rules(entries(named.get(), "\"names\""));
        if (quirks.isEmpty() && names.isEmpty()) {
            throw new YamlException(node.line(), "the kind says nothing; it needs quirks or names");
        }
        return new Kind(
                line(fields, "name"),
                line(fields, "because"),
                file + ":" + node.line(),
                match(match.get()),
                quirks,
                names);
    }

    private static String line(YamlFields fields, String field) throws YamlException {
        String text = fields.required(field).strip();
        if (text.isEmpty()
                || text.length() > dev.pharos.server.kind.Limits.TEXT
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new YamlException(
                    fields.line(field),
                    "\"" + field + "\" must be one line of 1 to " + dev.pharos.server.kind.Limits.TEXT + " characters");
        }
        return text;
    }

    private static DeviceMatch match(YamlNode node) throws YamlException {
        Map<DeviceMatch.Field, List<String>> match = new EnumMap<>(DeviceMatch.Field.class);
        for (YamlNode.Entry entry : entries(node, "\"match\"")) {
            DeviceMatch.Field field = DeviceMatch.Field.of(entry.key().text())
                    .orElseThrow(() -> unknown(
                            entry,
                            "devices are matched by",
                            Arrays.stream(DeviceMatch.Field.values())
                                    .map(DeviceMatch.Field::key)
                                    .toList()));
            List<String> texts = texts(entry.value(), "\"" + field.key() + "\"");
            if (texts.isEmpty()
                    || texts.size() > Limits.MATCH_TEXTS
                    || texts.stream().anyMatch(text -> text.isEmpty() || text.length() > Limits.MATCH_CHARACTERS)) {
                throw new YamlException(
                        entry.value().line(),
                        "\"" + field.key() + "\" must be a text of 1 to " + Limits.MATCH_CHARACTERS
                                + " characters, or a list of " + Limits.MATCH_TEXTS + " such texts at most");
            }
            match.put(field, texts);
        }
        return new DeviceMatch(match);
    }

    private static Map<Quirk, List<String>> quirks(YamlFields fields) throws YamlException {
        Map<Quirk, List<String>> quirks = new EnumMap<>(Quirk.class);
        Optional<YamlNode> node = fields.get("quirks");
        if (node.isEmpty()) {
            return quirks;
        }
        for (YamlNode.Entry entry : entries(node.get(), "\"quirks\"")) {
            Quirk quirk = Quirk.of(entry.key().text())
                    .orElseThrow(() -> unknown(
                            entry,
                            "quirks are",
                            Arrays.stream(Quirk.values()).map(Quirk::key).toList()));
            List<String> values = texts(entry.value(), "\"" + quirk.key() + "\"");
            Optional<String> objection = quirk.objection(values);
            if (objection.isPresent()) {
                throw new YamlException(entry.value().line(), objection.get());
            }
            quirks.put(quirk, values);
        }
        return quirks;
    }

    static List<YamlNode.Entry> entries(YamlNode node, String what) throws YamlException {
        if (!(node instanceof YamlNode.Mapping(List<YamlNode.Entry> entries, int _))) {
            throw new YamlException(node.line(), what + " must be a mapping of names to values");
        }
        return entries;
    }

    private static YamlException unknown(YamlNode.Entry entry, String what, List<String> allowed) {
        return new YamlException(
                entry.key().line(),
                "\"" + YamlReader.shortened(entry.key().text()) + "\" is not known here; " + what + " "
                        + String.join(", ", allowed));
    }

    /// One text, or several in a list.
    static List<String> texts(YamlNode node, String what) throws YamlException {
        if (!(node instanceof YamlNode.Sequence(List<YamlNode> items, int _))) {
            return List.of(YamlFields.text(node, what));
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items) {
            texts.add(YamlFields.text(item, what));
        }
        return texts;
    }
}
