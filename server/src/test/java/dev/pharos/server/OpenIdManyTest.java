// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;
import dev.pharos.testkit.OpenIdProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// People who come by several OpenID providers: one that says what they may do, and one of whom only
/// those come who were let in here.
final class OpenIdManyTest {
    @TempDir
    private static Path folder;

    private static OpenIdProvider staff;
    private static OpenIdProvider partner;
    private static TestServer server;
    private static Rest admin;
    private static Rest nobody;

    @BeforeAll
    static void open() throws Exception {
        staff = OpenIdProvider.start();
        partner = OpenIdProvider.start();
        ServerOptions options = TestServer.options(folder.resolve("data"));
        Files.writeString(folder.resolve("staff.secret"), staff.secret());
        Files.writeString(folder.resolve("partner.secret"), partner.secret());
        options.openId.file = Files.writeString(folder.resolve("openid.yaml"), """
                providers:
                  - id: staff
                    label: Example
                    issuer: %s
                    client: %s
                    secretFile: staff.secret
                    name: email
                    roles:
                      - { claim: department, is: noc, role: engineer }
                  - id: partner
                    label: Partner
                    issuer: %s
                    client: %s
                    secretFile: partner.secret
                    name: email
                    people: known
                """.formatted(
                        staff.issuer(), staff.client(), partner.issuer(), partner.client()));
        server = TestServer.with(options);
        admin = server.rest();
        nobody = admin.without("Authorization");
    }

    @AfterAll
    static void close() {
        server.close();
        staff.close();
        partner.close();
    }

    @BeforeEach
    void honest() {
        staff.lies();
        partner.lies();
    }

    private static void visits(OpenIdProvider provider, String subject, String email, boolean verified) {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("sub", subject);
        person.put("email", email);
        person.put("department", "noc");
        if (verified) {
            person.put("email_verified", true);
        }
        provider.isVisitedBy(person);
    }

    private static OpenIdBrowser byStaff() {
        return new OpenIdBrowser(nobody, "/signin/openid/staff");
    }

    private static OpenIdBrowser byPartner() {
        return new OpenIdBrowser(nobody, "/signin/openid/partner");
    }

    private static Answer add(String name, String more) {
        return admin.post("/api/v1/users", "{\"name\":\"" + name + "\",\"role\":\"support\"" + more + "}");
    }

    private static String user(OpenIdBrowser browser) {
        Answer session = browser.get("/api/v1/session");
        return session.status() == 200 ? session.json().get("user").stringValue() : "nobody";
    }

    private static JsonNode person(String name) {
        return admin.get("/api/v1/users/" + Rest.segment(name)).json();
    }

    @Test
    void each_has_a_button_an_address_and_a_state_of_its_own() {
        JsonNode ways = nobody.get("/api/v1/session/ways").json();
        assertThat(ways.get("provider").stringValue()).isEqualTo("Example");
        assertThat(ways.get("providers").toString())
                .isEqualTo("[{\"id\":\"staff\",\"label\":\"Example\",\"path\":\"/signin/openid/staff\"},"
                        + "{\"id\":\"partner\",\"label\":\"Partner\",\"path\":\"/signin/openid/partner\"}]");
        assertThat(nobody.get("/health/ready").json().toString())
                .contains("\"openid-staff\":\"UP\"", "\"openid-partner\":\"UP\"");
        assertThat(nobody.get("/signin/openid").status()).isEqualTo(404);
        assertThat(nobody.get("/signin/openid/another").status()).isEqualTo(404);
        visits(staff, "s-1", "stella@example.com", true);
        OpenIdBrowser stella = byStaff();
        assertThat(stella.signIn("/jobs")).isEqualTo(server.url() + "/jobs");
        assertThat(stella.seen().getFirst().header("Set-Cookie")).contains("Path=/signin/openid/staff");
        assertThat(user(stella)).isEqualTo("stella@example.com");
        assertThat(person("stella@example.com").get("roleFromProvider").booleanValue())
                .isTrue();
    }

    @Test
    void the_same_address_of_e_mail_at_two_providers_is_not_one_person() {
        visits(staff, "a-1", "anna@example.com", true);
        OpenIdBrowser anna = byStaff();
        anna.signIn("/");
        assertThat(user(anna)).isEqualTo("anna@example.com");

        // at the other one anybody may be called so, and have the same subject
        visits(partner, "a-1", "anna@example.com", true);
        OpenIdBrowser impostor = byPartner();
        impostor.signIn("/");
        assertThat(impostor.trouble())
                .startsWith("You are not known here: nobody has let you in to come from Partner.");
        assertThat(user(impostor)).isEqualTo("nobody");
        assertThat(add("anna@example.com", ",\"provider\":\"partner\"").status())
                .as("she is somebody already")
                .isEqualTo(409);

        // and who was let in from there is not whoever staff calls so
        assertThat(add("otto@example.com", ",\"provider\":\"partner\"").status())
                .isEqualTo(200);
        visits(staff, "o-1", "otto@example.com", true);
        OpenIdBrowser otto = byStaff();
        otto.signIn("/");
        assertThat(otto.trouble()).startsWith("Somebody else is called otto@example.com here already");
        assertThat(person("otto@example.com").get("awaited").booleanValue()).isTrue();
    }

    @Test
    void who_was_let_in_comes_by_a_name_that_is_proven_once_and_is_held_to_it() {
        Answer made = add("paul@example.com", ",\"provider\":\"partner\"");
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        assertThat(made.json().has("password")).isFalse();
        assertThat(made.json().get("awaited").booleanValue()).isTrue();
        assertThat(made.json().get("roleFromProvider").booleanValue()).isFalse();

        visits(partner, "p-2", "paul@example.com", false);
        OpenIdBrowser unproven = byPartner();
        unproven.signIn("/");
        assertThat(unproven.trouble()).startsWith("You are not known here");

        visits(partner, "p-1", "paul@example.com", true);
        OpenIdBrowser paul = byPartner();
        paul.signIn("/");
        assertThat(user(paul)).isEqualTo("paul@example.com");
        assertThat(paul.get("/api/v1/session").json().get("role").stringValue()).isEqualTo("support");
        assertThat(person("paul@example.com").get("awaited").booleanValue()).isFalse();

        visits(partner, "p-2", "paul@example.com", true);
        OpenIdBrowser second = byPartner();
        second.signIn("/");
        assertThat(user(second)).as("the name was taken by another of them").isEqualTo("nobody");
        visits(partner, "p-1", "renamed@example.com", true);
        OpenIdBrowser again = byPartner();
        again.signIn("/");
        assertThat(user(again)).isEqualTo("paul@example.com");
    }

    @Test
    void who_was_let_in_by_what_the_provider_calls_them_for_ever_needs_no_name() {
        assertThat(add("rita", ",\"provider\":\"partner\",\"subject\":\"r-1\"").status())
                .isEqualTo(200);
        visits(partner, "r-1", "whatever@example.com", false);
        OpenIdBrowser rita = byPartner();
        rita.signIn("/");
        assertThat(user(rita)).isEqualTo("rita");
        assertThat(add("ritas double", ",\"provider\":\"partner\",\"subject\":\"r-1\"")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void what_they_may_do_is_said_here_where_the_provider_does_not_say_it() {
        add("tom", ",\"provider\":\"" + partner.issuer() + "\",\"subject\":\"t-1\"");
        visits(partner, "t-1", "tom@example.com", true);
        OpenIdBrowser tom = byPartner();
        tom.signIn("/");
        assertThat(admin.send("PUT", "/api/v1/users/tom", "{\"role\":\"viewer\",\"scope\":\"tag:north\"}")
                        .status())
                .isEqualTo(200);
        OpenIdBrowser again = byPartner();
        again.signIn("/");
        JsonNode session = again.get("/api/v1/session").json();
        assertThat(session.get("role").stringValue()).isEqualTo("viewer");
        assertThat(session.get("scope").stringValue()).isEqualTo("tag:north");

        visits(staff, "u-1", "uli@example.com", true);
        byStaff().signIn("/");
        assertThat(admin.send("PUT", "/api/v1/users/uli@example.com", "{\"role\":\"admin\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void signing_out_is_offered_at_the_provider_that_somebody_came_through() {
        add("vera", ",\"provider\":\"partner\",\"subject\":\"v-1\"");
        visits(partner, "v-1", "vera@example.com", true);
        OpenIdBrowser vera = byPartner();
        vera.signIn("/");
        assertThat(vera.send("DELETE", "/api/v1/session", null).status()).isEqualTo(204);
        JsonNode ways = vera.get("/api/v1/session/ways").json();
        assertThat(ways.get("signOutAt").stringValue()).isEqualTo("Partner");
        assertThat(ways.get("signOut").stringValue()).isEqualTo("/signin/openid/partner/out");
        assertThat(vera.go("/signin/openid/partner/out")).startsWith(partner.issuer() + "/logout?");
    }

    @Test
    void who_is_let_in_from_nowhere_or_with_a_name_of_a_provider_and_no_provider_is_refused() {
        Answer unknown = add("wim", ",\"provider\":\"another\"");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().get("detail").stringValue()).contains("must be an OpenID provider", "staff, partner");
        assertThat(add("wim", ",\"subject\":\"w-1\"").json().get("detail").stringValue())
                .contains("needs \"provider\"");
        Answer nobodyHere = TestServer.shared()
                .rest()
                .post("/api/v1/users", "{\"name\":\"wim\",\"role\":\"viewer\",\"provider\":\"staff\"}");
        assertThat(nobodyHere.json().get("detail").stringValue()).contains("nobody signs in by an OpenID provider");
    }
}
