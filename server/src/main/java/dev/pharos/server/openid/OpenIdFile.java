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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The file that says by which providers people sign in: see docs/people.md. What stands in it is either
/// one of them, or `providers`, each with an `id`.
public final class OpenIdFile {
    private static final List<String> FIELDS = List.of(
            "issuer",
            "label",
            "client",
            "secretFile",
            "scopes",
            "name",
            "suffix",
            "groups",
            "people",
            "roles",
            "others",
            "page",
            "ca");
    private static final List<String> OF_ONE = Stream.concat(
                    Stream.of("id"), FIELDS.stream().filter(field -> !field.equals("page")))
            .toList();
    private static final List<String> OF_MANY = List.of("page", "providers");
    private static final List<String> ROLE_FIELDS = List.of("group", "claim", "is", "role", "scope", "changes");
    private static final Pattern ID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");
    private static final Pattern SUFFIX = Pattern.compile("[\\p{L}\\p{N} ._@+-]*[\\p{L}\\p{N}]");

    /// What would be taken for the addresses of the only provider.
    private static final Set<String> TAKEN = Set.of("callback", "out");

    private static final String USUAL_NAME = "preferred_username";
    private static final String USUAL_GROUPS = "groups";

    private final Path file;
    private final YamlFields fields;
    private final String id;
    private final Optional<URI> page;

    /// @param id empty where it is the only one
    private OpenIdFile(Path file, YamlFields fields, String id, Optional<URI> page) {
        this.file = file;
        this.fields = fields;
        this.id = id;
        this.page = page;
    }

    /// @param secrets of clients, by the ids of providers, where they do not stand in files of their own;
    ///     the id is empty where there is only one
    /// @throws YamlException where and why it cannot be used
    /// @throws IOException naming what cannot be read
    public static List<OpenIdSettings> read(Path file, Function<String, Optional<String>> secrets)
            throws YamlException, IOException {
        List<YamlNode> documents = YamlReader.documents(text(file));
        if (documents.size() != 1) {
            throw new YamlException(1, "the file must say one thing: issuer, client, roles …");
        }
        YamlNode whole = documents.getFirst();
        boolean many = whole instanceof YamlNode.Mapping(List<YamlNode.Entry> entries, int _)
                && entries.stream().anyMatch(entry -> entry.key().text().equals("providers"));
        if (many) {
            return many(file, YamlFields.of(whole, "the file", OF_MANY), secrets);
        }
        YamlFields fields = YamlFields.of(whole, "the file", FIELDS);
        return List.of(new OpenIdFile(file, fields, "", page(fields)).settings(secrets.apply("")));
    }

    private static List<OpenIdSettings> many(Path file, YamlFields whole, Function<String, Optional<String>> secrets)
            throws YamlException, IOException {
        YamlNode node = whole.get("providers").orElseThrow();
        if (!(node instanceof YamlNode.Sequence(List<YamlNode> items, int line))
                || items.isEmpty()
                || items.size() > Limits.PROVIDERS) {
            throw new YamlException(node.line(), "\"providers\" must be a list of 1 to " + Limits.PROVIDERS);
        }
        Optional<URI> page = page(whole);
        List<OpenIdSettings> all = new ArrayList<>();
        for (YamlNode item : items) {
            YamlFields fields = YamlFields.of(item, "one of \"providers\"", OF_ONE);
            String id = id(fields);
            OpenIdSettings settings = new OpenIdFile(file, fields, id, page).settings(secrets.apply(id));
            for (OpenIdSettings other : all) {
                if (other.id().equals(id)) {
                    throw new YamlException(fields.line("id"), "two providers have the id " + id);
                }
                if (other.issuer().equals(settings.issuer())) {
                    throw new YamlException(
                            fields.line("issuer"),
                            "two providers have one issuer, " + settings.issuer()
                                    + ": whom it vouches for could not be told apart");
                }
            }
            all.add(settings);
        }
        return all;
    }

    private static String id(YamlFields fields) throws YamlException {
        String id = fields.required("id");
        if (!ID.matcher(id).matches() || TAKEN.contains(id)) {
            throw new YamlException(
                    fields.line("id"),
                    "\"id\" must be 1 to 32 of a-z, 0-9 and - between them, and neither "
                            + String.join(" nor ", TAKEN));
        }
        return id;
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
        OpenIdSettings.Claims claims =
                new OpenIdSettings.Claims(text("name", USUAL_NAME), text("groups", USUAL_GROUPS));
        List<GroupRules.Rule> rules = rules(claims.groups());
        Optional<Grant> others = others();
        OpenIdSettings.People people = new OpenIdSettings.People(newcomers(), suffix());
        if (rules.isEmpty() && others.isEmpty() && people.newcomers()) {
            throw new YamlException(
                    fields.line("roles"),
                    "\"roles\" is missing: without it nobody would be let in, unless \"people\" is known");
        }
        return new OpenIdSettings(
                id,
                issuer,
                text("label", issuer.getHost()),
                new OpenIdSettings.Client(fields.required("client"), secret(secret), scopes()),
                claims,
                people,
                new GroupRules(rules, others),
                page,
                fields.get("ca").isEmpty() ? Optional.empty() : Optional.of(beside("ca")));
    }

    private boolean newcomers() throws YamlException {
        String people = text("people", "all");
        return switch (people) {
            case "all" -> true;
            case "known" -> false;
            default ->
                throw new YamlException(
                        fields.line("people"),
                        "\"people\" must be all, or known for those alone who were let in here before, not "
                                + YamlReader.shortened(people));
        };
    }

    private String suffix() throws YamlException {
        if (fields.get("suffix").isEmpty()) {
            return "";
        }
        String suffix = fields.required("suffix");
        if (suffix.length() > Limits.SUFFIX_CHARACTERS
                || !SUFFIX.matcher(suffix).matches()) {
            throw new YamlException(
                    fields.line("suffix"),
                    "\"suffix\" must be 1 to " + Limits.SUFFIX_CHARACTERS
                            + " letters, digits, spaces and . _ @ + -, a letter or digit last: \"@partner\"");
        }
        return suffix;
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
        return url(fields, field);
    }

    private static URI url(YamlFields fields, String field) throws YamlException {
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

    private static Optional<URI> page(YamlFields fields) throws YamlException {
        if (fields.get("page").isEmpty()) {
            return Optional.empty();
        }
        URI page = url(fields, "page");
        if (page.getRawQuery() != null || !page.getRawPath().matches("/?")) {
            throw new YamlException(
                    fields.line("page"), "\"page\" must be https://HOST[:PORT], where browsers find the page");
        }
        return Optional.of(page);
    }

    /// Paths are meant from the file's folder.
    private Path beside(String field) throws YamlException {
        return file.toAbsolutePath().resolveSibling(fields.required(field));
    }

    /// The environment variable that holds a client's secret.
    ///
    /// @param id of the provider; empty where it is the only one
    public static String secretVariable(String id) {
        String variable = "PHAROS_OPENID_SECRET";
        return id.isEmpty()
                ? variable
                : variable + "_" + id.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private String secret(Optional<String> given) throws YamlException, IOException {
        if (fields.get("secretFile").isEmpty()) {
            return given.orElseThrow(() -> new YamlException(
                    fields.line("secretFile"),
                    "the client's secret is missing: \"secretFile\" names a file that holds it, or it stands in $"
                            + secretVariable(id)));
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

    /// @param groups the claim that is meant where a rule names a group
    private List<GroupRules.Rule> rules(String groups) throws YamlException {
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
            rules.add(rule(rule, groups));
        }
        return rules;
    }

    private static GroupRules.Rule rule(YamlFields rule, String groups) throws YamlException {
        if (rule.get("claim").isEmpty() && rule.get("is").isEmpty()) {
            return new GroupRules.Rule(groups, rule.required("group"), grant(rule));
        }
        if (rule.get("group").isPresent()) {
            throw new YamlException(
                    rule.line("group"), "a rule has either \"group\", or \"claim\" and \"is\", not both");
        }
        return new GroupRules.Rule(rule.required("claim"), rule.required("is"), grant(rule));
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
