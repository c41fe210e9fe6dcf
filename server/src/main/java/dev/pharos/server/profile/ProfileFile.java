// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.profile.Limits;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.Template;
import dev.pharos.controller.profile.TemplateException;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.server.yaml.YamlException;
import dev.pharos.server.yaml.YamlFields;
import dev.pharos.server.yaml.YamlNode;
import dev.pharos.server.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Profiles as they are written, in YAML or JSON: see docs/profiles.md. A file has one, or several under `profiles:`,
/// or
/// several documents with `---` between them.
public final class ProfileFile {
    private static final Pattern NAME = Pattern.compile("(?![0-9]+$)[A-Za-z0-9][A-Za-z0-9._-]{0,59}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,255}");
    private static final Pattern PRIORITY = Pattern.compile("[0-9]{1,4}");
    private static final List<String> FIELDS = List.of("name", "query", "priority", "parameters", "rows");
    private static final List<String> ROW_FIELDS = List.of("object", "key", "values");

    private ProfileFile() {}

    /// A profile, and in which line it begins.
    public record Written(Profile profile, int line) {}

    /// @throws YamlException where and why it cannot be read
    public static List<Written> read(String text) throws YamlException {
        List<Written> found = new ArrayList<>();
        for (YamlNode document : YamlReader.documents(text)) {
            Optional<YamlNode> list = document instanceof YamlNode.Mapping(List<YamlNode.Entry> entries, int _)
                            && entries.size() == 1
                            && entries.getFirst().key().text().equals("profiles")
                    ? Optional.of(entries.getFirst().value())
                    : Optional.empty();
            if (list.isEmpty()) {
                found.add(profile(document));
            } else if (list.get() instanceof YamlNode.Sequence(List<YamlNode> items, int _)) {
                for (YamlNode item : items) {
                    found.add(profile(item));
                }
            } else {
                throw new YamlException(list.get().line(), "\"profiles\" must be a list");
            }
            if (found.size() > Limits.IN_A_FILE) {
                throw new YamlException(document.line(), "a file has " + Limits.IN_A_FILE + " profiles at most");
            }
        }
        if (found.isEmpty()) {
            throw new YamlException(1, "no profile is here; one has " + String.join(", ", FIELDS));
        }
        Set<String> names = new HashSet<>();
        for (Written written : found) {
            if (!names.add(written.profile().name())) {
                throw new YamlException(
                        written.line(),
                        "a profile of the name " + written.profile().name() + " stands here already");
            }
        }
        return List.copyOf(found);
    }

    private static Written profile(YamlNode node) throws YamlException {
        YamlFields fields = YamlFields.of(node, "a profile", FIELDS);
        String name = fields.required("name");
        if (!NAME.matcher(name).matches()) {
            throw new YamlException(
                    fields.line("name"),
                    "\"name\" must have 1 to 60 letters, digits, dots, dashes and underscores, a letter or digit"
                            + " first, and not only digits");
        }
        Map<ParameterPattern, Template> parameters = parameters(fields);
        List<Profile.Row> rows = rows(fields);
        if (parameters.isEmpty() && rows.isEmpty()) {
            throw new YamlException(node.line(), "the profile wants nothing; it needs parameters or rows");
        }
        return new Written(new Profile(name, query(fields), priority(fields), parameters, rows), node.line());
    }

    /// Which devices: said, even where all are meant.
    private static String query(YamlFields fields) throws YamlException {
        String query = fields.required("query").strip();
        try {
            QueryParser.parse(query);
            return query;
        } catch (QueryException wrong) {
            throw new YamlException(
                    fields.line("query"),
                    "\"query\" is no query, at character " + (wrong.position() + 1) + ": " + wrong.reason());
        }
    }

    private static int priority(YamlFields fields) throws YamlException {
        YamlNode node = fields.get("priority").orElse(null);
        if (node == null) {
            return 0;
        }
        String text = YamlFields.text(node, "\"priority\"");
        if (!PRIORITY.matcher(text).matches() || Integer.parseInt(text) > Limits.HIGHEST_PRIORITY) {
            throw new YamlException(
                    node.line(), "\"priority\" must be a whole number, 0 to " + Limits.HIGHEST_PRIORITY);
        }
        return Integer.parseInt(text);
    }

    private static Map<ParameterPattern, Template> parameters(YamlFields fields) throws YamlException {
        YamlNode node = fields.get("parameters").orElse(null);
        Map<ParameterPattern, Template> parameters = new LinkedHashMap<>();
        if (node == null) {
            return parameters;
        }
        if (!(node instanceof YamlNode.Mapping(List<YamlNode.Entry> entries, int line))) {
            throw new YamlException(node.line(), "\"parameters\" must be a mapping of paths to values");
        }
        if (entries.size() > Limits.PARAMETERS) {
            throw new YamlException(line, "a profile has " + Limits.PARAMETERS + " parameters at most");
        }
        for (YamlNode.Entry entry : entries) {
            String path = entry.key().text();
            ParameterPattern pattern = ParameterPattern.of(path)
                    .orElseThrow(() -> new YamlException(
                            entry.key().line(),
                            "\"" + YamlReader.shortened(path) + "\" is no path of a parameter, such as"
                                    + " Device.WiFi.SSID.1.SSID or Device.WiFi.Radio.*.Channel"));
            parameters.put(pattern, template(path, entry.value()));
        }
        return parameters;
    }

    private static Template template(String path, YamlNode node) throws YamlException {
        String what = "the value of " + YamlReader.shortened(path);
        String text = YamlFields.text(node, what);
        if (text.equals(Secrets.MASK)) {
            throw new YamlException(
                    node.line(), what + " is the mask that stands in place of a secret; write the secret itself");
        }
        try {
            Template template = Template.parse(text);
            if (template.takesSecret() && !Secrets.isSecret(path)) {
                throw new YamlException(
                        node.line(), what + " would show a secret: the attribute is one, and the parameter is none");
            }
            return template;
        } catch (TemplateException wrong) {
            throw new YamlException(
                    node.line(),
                    what + " cannot be read, at character " + (wrong.position() + 1) + ": " + wrong.reason());
        }
    }

    private static List<Profile.Row> rows(YamlFields fields) throws YamlException {
        YamlNode node = fields.get("rows").orElse(null);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof YamlNode.Sequence(List<YamlNode> items, int line))) {
            throw new YamlException(node.line(), "\"rows\" must be a list");
        }
        if (items.size() > Limits.ROWS) {
            throw new YamlException(line, "a profile has " + Limits.ROWS + " rows at most");
        }
        List<Profile.Row> rows = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (YamlNode item : items) {
            Profile.Row row = row(item);
            if (!seen.add(List.of(row.object(), row.key()))) {
                throw new YamlException(item.line(), "a row with this object and key stands here already");
            }
            rows.add(row);
        }
        return rows;
    }

    private static Profile.Row row(YamlNode node) throws YamlException {
        YamlFields fields = YamlFields.of(node, "a row", ROW_FIELDS);
        String object = fields.required("object");
        boolean table = object.endsWith(".")
                && !object.matches(".*\\.[0-9]+\\.")
                && ParameterPattern.of(object + "*.Any").isPresent()
                && object.indexOf('*') < 0;
        if (!table) {
            throw new YamlException(
                    fields.line("object"), "\"object\" must be a table with its dot, such as Device.NAT.PortMapping.");
        }
        SortedMap<String, Template> key = values(fields.get("key").orElse(null), "\"key\"", object);
        if (key.isEmpty()) {
            throw new YamlException(fields.line("key"), "\"key\" must say by which parameters the row is found");
        }
        SortedMap<String, Template> values = values(fields.get("values").orElse(null), "\"values\"", object);
        for (String name : key.keySet()) {
            if (values.containsKey(name)) {
                throw new YamlException(fields.line("values"), "\"" + name + "\" stands in \"key\" already");
            }
            if (Secrets.isSecret(name)) {
                throw new YamlException(
                        fields.line("key"),
                        "\"" + name + "\" is a secret, which devices do not show; no row can be found by it");
            }
        }
        if (key.size() + values.size() > Limits.ROW_PARAMETERS) {
            throw new YamlException(node.line(), "a row has " + Limits.ROW_PARAMETERS + " parameters at most");
        }
        return new Profile.Row(object, key, values);
    }

    private static SortedMap<String, Template> values(@Nullable YamlNode node, String what, String object)
            throws YamlException {
        SortedMap<String, Template> values = new TreeMap<>();
        if (node == null) {
            return values;
        }
        if (!(node instanceof YamlNode.Mapping(List<YamlNode.Entry> entries, int _))) {
            throw new YamlException(node.line(), what + " must be a mapping of names to values");
        }
        for (YamlNode.Entry entry : entries) {
            String name = entry.key().text();
            if (!PARAMETER.matcher(name).matches()) {
                throw new YamlException(
                        entry.key().line(),
                        "\"" + YamlReader.shortened(name) + "\" is no name of a parameter of " + object);
            }
            values.put(name, template(object + "*." + name, entry.value()));
        }
        return values;
    }
}
