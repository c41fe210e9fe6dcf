// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.server.rights.PathLimit;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Role;
import dev.pharos.server.rights.Scope;
import dev.pharos.server.yaml.YamlException;
import dev.pharos.server.yaml.YamlFields;
import dev.pharos.server.yaml.YamlNode;
import dev.pharos.server.yaml.YamlReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The file that says by which provider people sign in: see docs/people.md.
public final class OpenIdFile {
    private static final List<String> FIELDS = List.of(
            "issuer", "label", "client", "secretFile", "scopes", "name", "groups", "roles", "others", "page", "ca");
    private static final List<String> ROLE_FIELDS = List.of("group", "role", "scope", "changes");
    private static final String USUAL_NAME = "preferred_username";
    private static final String USUAL_GROUPS = "groups";

    private final Path file;
    private final YamlFields fields;

    private OpenIdFile(Path file, YamlFields fields) {
        this.file = file;
        this.fields = fields;
    }

    /// @param secret the client's, where it does not stand in a file of its own
    /// @throws YamlException where and why it cannot be used
    /// @throws IOException naming what cannot be read
    public static OpenIdSettings read(Path file, Optional<String> secret) throws YamlException, IOException {
        List<YamlNode> documents = YamlReader.documents(text(file));
        if (documents.size() != 1) {
            throw new YamlException(1, "the file must say one thing: issuer, client, roles …");
        }
        return new OpenIdFile(file, YamlFields.of(documents.getFirst(), "the file", FIELDS)).settings(secret);
    }

    private static String text(Path file) throws IOException {
        try {
            if (Files.size(file) > dev.pharos.server.yaml.Limits.FILE) {
                throw new IOException(file + " is larger than such a file can be");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (java.nio.file.NoSuchFileException | java.nio.charset.CharacterCodingException unreadable) {
            throw new IOException(file + ": there is no such file, or it is no text in UTF-8", unreadable);
        }
    }

    private OpenIdSettings settings(Optional<String> secret) throws YamlException, IOException {
        URI issuer = url("issuer");
        if (issuer.getRawQuery() != null) {
            throw new YamlException(
                    fields.line("issuer"), "\"issuer\" has no query: it is what the provider calls itself");
        }
        List<GroupRules.Rule> rules = rules();
        Optional<Grant> others = others();
        if (rules.isEmpty() && others.isEmpty()) {
            throw new YamlException(fields.line("roles"), "\"roles\" is missing: without it nobody would be let in");
        }
        Optional<URI> page = fields.get("page").isEmpty() ? Optional.empty() : Optional.of(page());
        return new OpenIdSettings(
                issuer,
                text("label", issuer.getHost()),
                new OpenIdSettings.Client(fields.required("client"), secret(secret), scopes()),
                new OpenIdSettings.Claims(text("name", USUAL_NAME), text("groups", USUAL_GROUPS)),
                new GroupRules(rules, others),
                page,
                fields.get("ca").isEmpty() ? Optional.empty() : Optional.of(beside("ca")));
    }

    private String text(String field, String otherwise) throws YamlException {
        String text =
                fields.get(field).isEmpty() ? otherwise : fields.required(field).strip();
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw new YamlException(fields.line(field), "\"" + field + "\" must be one line that is not empty");
        }
        return text;
    }

    private URI url(String field) throws YamlException {
        String text = fields.required(field).strip();
        try {
            URI url = URI.create(text);
            if (SafeUrl.isSafe(url)) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            throw new YamlException(fields.line(field), "\"" + field + "\" is no URL: " + malformed.getMessage());
        }
        throw new YamlException(
                fields.line(field), "\"" + field + "\" must be https://HOST[:PORT][/PATH]; http is for this host only");
    }

    private URI page() throws YamlException {
        URI page = url("page");
        if (page.getRawQuery() != null || !page.getRawPath().matches("/?")) {
            throw new YamlException(
                    fields.line("page"), "\"page\" must be https://HOST[:PORT], where browsers find the page");
        }
        return page;
    }

    /// Paths are meant from the file's folder.
    private Path beside(String field) throws YamlException {
        return file.toAbsolutePath().resolveSibling(fields.required(field));
    }

    private String secret(Optional<String> given) throws YamlException, IOException {
        if (fields.get("secretFile").isEmpty()) {
            return given.orElseThrow(() -> new YamlException(
                    1,
                    "the client's secret is missing: \"secretFile\" names a file that holds it, or it stands in"
                            + " $PHAROS_OPENID_SECRET"));
        }
        Path holds = beside("secretFile");
        try {
            String secret = Files.readString(holds).strip();
            if (secret.isEmpty()) {
                throw new YamlException(fields.line("secretFile"), holds + " is empty");
            }
            return secret;
        } catch (IOException unreadable) {
            throw new IOException("secretFile " + holds + ": there is no such file, or it cannot be read", unreadable);
        }
    }

    private List<String> scopes() throws YamlException {
        return fields.get("scopes").isEmpty() ? List.of("profile") : texts(fields, "scopes");
    }

    private static List<String> texts(YamlFields fields, String field) throws YamlException {
        Optional<YamlNode> node = fields.get(field);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof YamlNode.Sequence(List<YamlNode> items, int _))) {
            throw new YamlException(node.get().line(), "\"" + field + "\" must be a list");
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items) {
            texts.add(YamlFields.text(item, "each of \"" + field + "\""));
        }
        return texts;
    }

    private List<GroupRules.Rule> rules() throws YamlException {
        Optional<YamlNode> node = fields.get("roles");
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof YamlNode.Sequence(List<YamlNode> items, int line)) || items.size() > Limits.RULES) {
            throw new YamlException(node.get().line(), "\"roles\" must be a list of " + Limits.RULES + " at most");
        }
        List<GroupRules.Rule> rules = new ArrayList<>();
        for (YamlNode item : items) {
            YamlFields rule = YamlFields.of(item, "one of \"roles\"", ROLE_FIELDS);
            rules.add(new GroupRules.Rule(rule.required("group"), grant(rule)));
        }
        return rules;
    }

    private Optional<Grant> others() throws YamlException {
        return fields.get("others").isEmpty()
                ? Optional.empty()
                : Optional.of(new Grant(role(fields, "others"), Optional.empty()));
    }

    private static Role role(YamlFields fields, String field) throws YamlException {
        String text = fields.required(field);
        return Role.of(text)
                .orElseThrow(() -> new YamlException(
                        fields.line(field),
                        "\"" + field + "\" must be one of " + Role.names(Right.SELF) + ", not "
                                + YamlReader.shortened(text)));
    }

    private static Grant grant(YamlFields fields) throws YamlException {
        Role role = role(fields, "role");
        String query =
                fields.get("scope").isEmpty() ? "" : fields.required("scope").strip();
        List<PathLimit> changes = changes(fields);
        Optional<Scope> scope = Scope.of(query, changes);
        if (scope.isPresent() && role.may(Right.PEOPLE)) {
            throw new YamlException(fields.line("role"), role.text() + " cannot be limited: they could lift it");
        }
        if (!changes.isEmpty() && !role.may(Right.CHANGE)) {
            throw new YamlException(
                    fields.line("changes"), role.text() + " changes nothing, so \"changes\" is of no use");
        }
        if (!query.isEmpty()) {
            try {
                QueryParser.parse(query);
            } catch (QueryException wrong) {
                throw new YamlException(
                        fields.line("scope"),
                        "\"scope\" is no query, at character " + (wrong.position() + 1) + ": " + wrong.reason());
            }
        }
        return new Grant(role, scope);
    }

    private static List<PathLimit> changes(YamlFields fields) throws YamlException {
        List<PathLimit> limits = new ArrayList<>();
        for (String text : texts(fields, "changes")) {
            limits.add(PathLimit.of(text)
                    .orElseThrow(() -> new YamlException(
                            fields.line("changes"),
                            YamlReader.shortened(text)
                                    + " is no path: it looks like Device.WiFi. or Device.Reboot()")));
        }
        if (limits.size() > dev.pharos.server.rights.Limits.CHANGES) {
            throw new YamlException(
                    fields.line("changes"), "\"changes\" are " + dev.pharos.server.rights.Limits.CHANGES + " at most");
        }
        return limits;
    }
}
