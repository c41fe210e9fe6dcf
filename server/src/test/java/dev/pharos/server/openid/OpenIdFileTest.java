// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.server.openid.GroupRules.Rule;
import dev.pharos.server.rights.Role;
import dev.pharos.server.yaml.YamlException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The file that says by which provider people sign in.
final class OpenIdFileTest {
    @TempDir
    private Path folder;

    private OpenIdSettings read(String text, Optional<String> secret) throws YamlException, IOException {
        return readAll(text, secret).getFirst();
    }

    private List<OpenIdSettings> readAll(String text, Optional<String> secret) throws YamlException, IOException {
        return OpenIdFile.read(
                Files.writeString(folder.resolve("openid.yaml"), text),
                id -> secret.map(known -> id.isEmpty() ? known : known + " of " + id));
    }

    private static Optional<Grant> grant(OpenIdSettings settings, String claim, String... values) {
        return settings.rules().of(asked -> asked.equals(claim) ? List.of(values) : List.of());
    }

    @Test
    void a_whole_file_is_read_with_its_secret_from_the_file_beside_it() throws Exception {
        Files.writeString(folder.resolve("openid.secret"), "s3cret\n");
        OpenIdSettings settings = read("""
                issuer: https://login.example.com/realms/net
                label: Example account
                client: pharos
                secretFile: openid.secret
                scopes: [profile, groups]
                name: email
                groups: realm_access.roles
                page: https://pharos.example.com
                roles:
                  - { group: /noc, role: engineer }
                  - { group: north, role: support, scope: 'tag:north', changes: [Device.WiFi., Device.Reboot()] }
                others: viewer
                """, Optional.empty());
        assertThat(settings.client().secret()).isEqualTo("s3cret");
        assertThat(settings.toString()).doesNotContain("s3cret");
        assertThat(settings.page()).contains(URI.create("https://pharos.example.com"));
        assertThat(settings.id()).isEmpty();
        assertThat(settings.people()).isEqualTo(OpenIdSettings.People.ALL);
        assertThat(settings.rules().rules()).extracting(Rule::value).containsExactly("/noc", "north");
        assertThat(grant(settings, "realm_access.roles", "north"))
                .hasValueSatisfying(
                        grant -> assertThat(grant.scope().orElseThrow().words())
                                .isEqualTo("sees only tag:north, and changes only Device.WiFi., Device.Reboot()"));
        assertThat(grant(settings, "realm_access.roles", "north", "/noc"))
                .map(Grant::role)
                .contains(Role.ENGINEER);
        assertThat(grant(settings, "groups", "/noc")).map(Grant::role).contains(Role.VIEWER);
    }

    private static final String MANY = """
            page: https://pharos.example.com
            providers:
              - id: staff
                issuer: https://login.example.com
                label: Example account
                client: pharos
                roles:
                  - { claim: department, is: noc, role: engineer }
                  - { group: boss, role: admin }
              - id: partner-1
                issuer: https://login.partner.example
                client: pharos
                people: known
                suffix: "@partner"
            """;

    @Test
    void several_providers_stand_in_one_file_each_with_rules_of_its_own() throws Exception {
        List<OpenIdSettings> all = readAll(MANY, Optional.of("secret"));
        assertThat(all).extracting(OpenIdSettings::id).containsExactly("staff", "partner-1");
        assertThat(all).extracting(OpenIdSettings::label).containsExactly("Example account", "login.partner.example");
        assertThat(all)
                .extracting(settings -> settings.client().secret())
                .containsExactly("secret of staff", "secret of partner-1");
        assertThat(all).allMatch(settings -> settings.page().isPresent());
        OpenIdSettings staff = all.getFirst();
        assertThat(grant(staff, "department", "noc")).map(Grant::role).contains(Role.ENGINEER);
        assertThat(grant(staff, "groups", "noc", "boss")).map(Grant::role).contains(Role.ADMIN);
        assertThat(grant(staff, "department", "boss")).isEmpty();
        assertThat(staff.saysRoles()).isTrue();
        OpenIdSettings partner = all.getLast();
        assertThat(partner.people()).isEqualTo(new OpenIdSettings.People(false, "@partner"));
        assertThat(partner.saysRoles()).isFalse();
        assertThat(OpenIdFile.secretVariable("partner-1")).isEqualTo("PHAROS_OPENID_SECRET_PARTNER_1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: partner-1                            | id: staff                       | 10 | two providers have the id staff
            id: partner-1                            | id: callback                    | 10 | neither
            id: partner-1                            | id: A/B                         | 10 | must be 1 to 32 of a-z
            id: partner-1                            | label: x                        | 10 | "id" is missing
            issuer: https://login.partner.example    | issuer: https://login.example.com | 11 | two providers have one issuer
            people: known                            | people: some                    | 13 | must be all, or known
            people: known                            | people: all                     | 10 | unless "people" is known
            suffix: "@partner"                       | suffix: "<b>"                   | 14 | "suffix" must be 1 to 32
            "@partner"                               | "@"                             | 14 | "suffix" must be 1 to 32
            { group: boss, role: admin }             | { group: a, claim: b, role: admin } | 9 | either "group", or "claim" and "is"
            { group: boss, role: admin }             | { claim: b, role: admin }       | 9 | "is" is missing
            page: https                              | issuer: https                   | 1  | "issuer" is not known here
            """)
    void what_is_wrong_of_one_of_several_is_told_with_its_line(String good, String bad, int line, String reason) {
        assertThat(MANY).contains(good);
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> readAll(MANY.replace(good, bad), Optional.of("secret")))
                .satisfies(wrong -> assertThat(wrong.reason()).contains(reason))
                .satisfies(wrong -> assertThat(wrong.line()).isEqualTo(line));
    }

    @Test
    void what_is_left_out_is_usual_and_the_secret_may_come_from_elsewhere() throws Exception {
        OpenIdSettings settings = read(
                "{issuer: 'http://127.0.0.1:8081', client: pharos, others: viewer}",
                Optional.of("from the environment"));
        assertThat(settings.label()).isEqualTo("127.0.0.1");
        assertThat(settings.claims()).isEqualTo(new OpenIdSettings.Claims("preferred_username", "groups"));
        assertThat(settings.client().secret()).isEqualTo("from the environment");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            issuer: http://login.example.com             | 1 | must be https://
            issuer: https://me:you@login.example.com     | 1 | must be https://
            issuer: 'https://login.example.com/?realm=a' | 1 | has no query
            issuer: login                                | 1 | must be https://
            isuer: https://login.example.com             | 1 | is not known here
            """)
    void an_issuer_that_is_none_is_refused(String issuer, int line, String reason) {
        refuses(issuer + "\nclient: pharos\nothers: viewer\n", line, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                          | 1 | "roles" is missing
            others: king                                                | 3 | must be one of viewer, support, engineer, auditor, admin, not king
            roles: noc                                                  | 3 | must be a list
            roles: [{ group: noc }]                                     | 3 | "role" is missing
            roles: [{ role: viewer }]                                   | 3 | "group" is missing
            roles: [{ group: a, role: admin, scope: 'tag:a' }]          | 3 | could lift it
            roles: [{ group: a, role: viewer, changes: [Device.] }]     | 3 | changes nothing
            roles: [{ group: a, role: support, changes: [Divice.] }]    | 3 | is no path
            roles: [{ group: a, role: viewer, scope: 'tag:' }]          | 3 | is no query
            {others: viewer}                                            | 4 | no YAML
            """)
    void roles_that_are_none_are_refused(String roles, int line, String reason) {
        refuses("issuer: https://login.example.com\nclient: pharos\n" + roles + "\n", line, reason);
    }

    private void refuses(String text, int line, String reason) {
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> read(text, Optional.of("secret")))
                .satisfies(wrong -> assertThat(wrong.reason()).contains(reason))
                .satisfies(wrong -> assertThat(wrong.line()).isEqualTo(line));
    }

    @Test
    void a_secret_that_is_nowhere_or_empty_is_told() throws Exception {
        String text = "issuer: https://login.example.com\nclient: pharos\nothers: viewer\n";
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> read(text, Optional.empty()))
                .satisfies(wrong -> assertThat(wrong.reason()).contains("secretFile", "$PHAROS_OPENID_SECRET"));
        Files.writeString(folder.resolve("empty"), "\n");
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> read(text + "secretFile: empty\n", Optional.empty()))
                .satisfies(wrong -> assertThat(wrong.reason()).contains("is empty"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(text + "secretFile: nowhere\n", Optional.empty()))
                .withMessageContaining("nowhere");
    }
}
