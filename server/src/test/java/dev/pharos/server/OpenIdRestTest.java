// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.server.Rest.Answer;
import dev.pharos.testkit.OpenIdProvider;
import dev.pharos.testkit.OpenIdProvider.Lie;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// People who come by an OpenID provider: what becomes of them here.
final class OpenIdRestTest {
    @TempDir
    private static Path folder;

    private static OpenIdProvider provider;
    private static TestServer server;
    private static Rest admin;
    private static Rest nobody;

    @BeforeAll
    static void open() throws Exception {
        provider = OpenIdProvider.start();
        ServerOptions options = TestServer.options(folder.resolve("data"));
        options.openId.file = file("""
                label: Example
                roles:
                  - { group: boss, role: admin }
                  - { group: noc, role: engineer }
                  - { group: north, role: support, scope: 'tag:north' }
                """);
        server = TestServer.with(options);
        admin = server.rest();
        nobody = admin.without("Authorization");
    }

    @AfterAll
    static void close() {
        server.close();
        provider.close();
    }

    private static Path file(String rest) throws IOException {
        Files.writeString(folder.resolve("secret"), provider.secret());
        return Files.writeString(
                folder.resolve("openid.yaml"),
                "issuer: " + provider.issuer() + "\nclient: " + provider.client() + "\nsecretFile: secret\n" + rest);
    }

    @BeforeEach
    void honest() {
        provider.lies();
    }

    private static void visitedBy(String subject, String name, String... groups) {
        provider.isVisitedBy(Map.of("sub", subject, "preferred_username", name, "groups", List.of(groups)));
    }

    private static OpenIdBrowser signedIn(String subject, String name, String... groups) {
        visitedBy(subject, name, groups);
        OpenIdBrowser browser = new OpenIdBrowser(nobody);
        assertThat(browser.signIn("/jobs?state=running")).isEqualTo(server.url() + "/jobs?state=running");
        assertThat(browser.trouble()).isEmpty();
        return browser;
    }

    private static List<String> log(String user, String action) {
        return StreamSupport.stream(
                        admin.get("/api/v1/audit?action=" + Rest.segment(action).replace("+", "%20") + "&user=" + user)
                                .json()
                                .get("items")
                                .spliterator(),
                        false)
                .map(entry -> entry.get("detail").stringValue())
                .toList();
    }

    @Test
    void somebody_signs_in_is_a_person_with_the_role_of_their_group_and_stands_in_the_log() {
        assertThat(nobody.get("/api/v1/session/ways").json().toString())
                .isEqualTo("{\"provider\":\"Example\",\"providers\":[{\"id\":\"\",\"label\":\"Example\","
                        + "\"path\":\"/signin/openid\"}]}");
        assertThat(nobody.get("/health/ready").json().get("openid").stringValue())
                .isEqualTo("UP");
        OpenIdBrowser anna = signedIn("a-1", "anna", "staff", "noc");
        assertThat(anna.seen().getFirst().header("Set-Cookie"))
                .contains("pharos_openid=", "HttpOnly", "SameSite=Lax", "Path=/signin/openid");
        assertThat(anna.seen().getLast().response().headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("pharos_session=") && cookie.contains("SameSite=Strict"));
        JsonNode session = anna.get("/api/v1/session").json();
        assertThat(session.get("user").stringValue()).isEqualTo("anna");
        assertThat(session.get("role").stringValue()).isEqualTo("engineer");
        assertThat(session.get("byPassword").booleanValue()).isFalse();
        JsonNode user = admin.get("/api/v1/users/anna").json();
        assertThat(user.get("provider").stringValue())
                .isEqualTo(provider.issuer().toString());
        assertThat(user.get("lastSignIn").stringValue()).isNotEmpty();
        assertThat(log("anna", "sign in")).containsExactly("127.0.0.1 through " + provider.issuer());
        assertThat(admin.get("/api/v1/sessions").response().body()).contains("\"by\":\"provider\"");
    }

    @Test
    void a_role_follows_the_groups_at_each_sign_in_and_who_has_none_any_more_is_out() {
        OpenIdBrowser first = signedIn("c-1", "carla", "noc");
        OpenIdBrowser second = signedIn("c-1", "carla renamed", "north");
        JsonNode session = second.get("/api/v1/session").json();
        assertThat(session.get("user").stringValue()).isEqualTo("carla");
        assertThat(session.get("role").stringValue()).isEqualTo("support");
        assertThat(session.get("scope").stringValue()).isEqualTo("tag:north");
        assertThat(first.get("/api/v1/session").json().get("role").stringValue())
                .isEqualTo("support");

        visitedBy("c-1", "carla", "staff");
        OpenIdBrowser third = new OpenIdBrowser(nobody);
        assertThat(third.signIn("/devices")).isEqualTo("/devices");
        assertThat(third.trouble()).startsWith("You are not let in here: none of your groups at Example has a role.");
        assertThat(third.trouble()).as("it is said once").isEmpty();
        assertThat(second.get("/api/v1/session").status()).isEqualTo(401);
        assertThat(log("carla", "sign-in refused").getFirst()).endsWith("\"carla\" is in no group that has a role");
    }

    @Test
    void nobody_gets_the_place_of_somebody_who_is_called_so() {
        admin.post("/api/v1/users", "{\"name\":\"dora\",\"role\":\"admin\"}");
        visitedBy("d-1", "dora", "noc");
        OpenIdBrowser impostor = new OpenIdBrowser(nobody);
        impostor.signIn("/");
        assertThat(impostor.trouble()).startsWith("Somebody else is called dora here already");
        assertThat(admin.get("/api/v1/users/dora").json().has("provider")).isFalse();
        assertThat(admin.get("/api/v1/users/dora").json().get("role").stringValue())
                .isEqualTo("admin");

        signedIn("e-1", "emil", "noc");
        visitedBy("e-2", "emil", "boss");
        OpenIdBrowser other = new OpenIdBrowser(nobody);
        other.signIn("/");
        assertThat(other.trouble()).contains("is called emil");
        visitedBy("f-1", "admin", "boss");
        other.signIn("/");
        assertThat(other.trouble()).contains("is called admin");
        visitedBy("f-2", "<b>x</b>", "boss");
        other.signIn("/");
        assertThat(other.trouble()).contains("something that nobody can be called here");
        assertThat(other.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    void who_is_shut_out_here_stays_out_and_who_is_removed_begins_anew() {
        OpenIdBrowser gerda = signedIn("g-1", "gerda", "noc");
        assertThat(admin.send("PUT", "/api/v1/users/gerda", "{\"role\":\"engineer\",\"disabled\":true}")
                        .status())
                .isEqualTo(200);
        assertThat(gerda.get("/api/v1/session").status()).isEqualTo(401);
        OpenIdBrowser again = new OpenIdBrowser(nobody);
        again.signIn("/");
        assertThat(again.trouble()).startsWith("You may not sign in here now.");
        assertThat(log("gerda", "sign-in refused").getFirst()).endsWith("shut out here");
        assertThat(admin.send("DELETE", "/api/v1/users/gerda", null).status()).isEqualTo(204);
        assertThat(signedIn("g-1", "gerda", "north")
                        .get("/api/v1/session")
                        .json()
                        .get("role")
                        .stringValue())
                .isEqualTo("support");
    }

    @Test
    void what_they_may_do_and_their_password_are_not_changed_here() {
        OpenIdBrowser hans = signedIn("h-1", "hans", "noc");
        Answer role = admin.send("PUT", "/api/v1/users/hans", "{\"role\":\"admin\"}");
        assertThat(role.status()).isEqualTo(409);
        assertThat(role.json().get("detail").stringValue()).contains("follows from their groups at");
        assertThat(admin.send("PUT", "/api/v1/users/hans", "{\"role\":\"engineer\",\"scope\":\"tag:x\"}")
                        .status())
                .isEqualTo(409);
        Answer reset = admin.post("/api/v1/users/hans/password", "{}");
        assertThat(reset.status()).isEqualTo(409);
        assertThat(reset.json().get("detail").stringValue()).contains("has no password here");
        Answer change =
                hans.send("PUT", "/api/v1/session/password", "{\"old\":\"x\",\"chosen\":\"correct horse battery\"}");
        assertThat(change.status()).isEqualTo(409);
        assertThat(change.json().get("detail").stringValue()).contains("changed where you signed in");
        for (String password : List.of("x", " ")) {
            assertThat(nobody.post("/api/v1/session", "{\"user\":\"hans\",\"password\":\"" + password + "\"}")
                            .status())
                    .isBetween(400, 401);
        }
    }

    @Test
    void they_count_as_people_who_could_approve() {
        long before =
                admin.get("/api/v1/approval-rules").json().get("approvers").longValue();
        signedIn("i-1", "ida", "noc");
        assertThat(admin.get("/api/v1/approval-rules").json().get("approvers").longValue())
                .isEqualTo(before + 1);
        visitedBy("i-1", "ida", "staff");
        new OpenIdBrowser(nobody).signIn("/");
        assertThat(admin.get("/api/v1/approval-rules").json().get("approvers").longValue())
                .isEqualTo(before);
    }

    @Test
    void an_answer_that_was_carried_to_another_browser_signs_nobody_in_there() {
        visitedBy("j-1", "jan", "noc");
        String answer = new OpenIdBrowser(nobody).atProvider("/");
        OpenIdBrowser victim = new OpenIdBrowser(nobody);
        assertThat(victim.go(OpenIdBrowser.pathOf(answer))).isEqualTo("/");
        assertThat(victim.trouble()).contains("begun in another window or too long ago");
        assertThat(victim.get("/api/v1/session").status()).isEqualTo(401);
        assertThat(log("", "sign-in refused")).anyMatch(why -> why.contains("the browser did not begin it here"));
    }

    @Test
    void a_lie_is_in_the_log_and_no_secret_is() throws IOException {
        visitedBy("k-1", "karl", "noc");
        provider.lies(Lie.SIGNED_BY_ANOTHER);
        OpenIdBrowser karl = new OpenIdBrowser(nobody);
        assertThat(karl.signIn("//evil.example")).isEqualTo("/");
        assertThat(karl.trouble())
                .isEqualTo("What Example answered is not good enough to sign you in. The audit log says why.");
        assertThat(log("", "sign-in refused")).anyMatch(why -> why.contains("the ID token is not good"));
        String everything = admin.get("/api/v1/audit?limit=1000").response().body()
                + Files.readString(folder.resolve("data/logs/server.log"));
        assertThat(everything).doesNotContain(provider.secret(), "eyJ", "code=");
    }

    @Test
    void who_fails_on_and_on_waits_and_no_longer_fills_the_log() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + server.url().getPort() + "/signin/openid/callback?code=x&state=y"))
                .build();
        try (HttpClient another = HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral("127.0.0.2"))
                .build()) {
            for (int i = 0; i < 15; i++) {
                assertThat(another.send(request, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(302);
            }
        }
        assertThat(log("", "sign-in refused").stream().filter(why -> why.startsWith("127.0.0.2 ")))
                .hasSize(10);
        signedIn("m-1", "maria", "noc");
    }

    @Test
    void who_signs_out_is_offered_to_do_so_there_too() {
        OpenIdBrowser lena = signedIn("l-1", "lena", "noc");
        assertThat(lena.send("DELETE", "/api/v1/session", null).status()).isEqualTo(204);
        assertThat(lena.get("/api/v1/session").status()).isEqualTo(401);
        String out = lena.get("/api/v1/session/ways").json().get("signOut").stringValue();
        assertThat(lena.go(out)).startsWith(provider.issuer() + "/logout?");
        assertThat(lena.get("/api/v1/session/ways").json().has("signOut")).isFalse();
    }

    @Test
    void a_browser_that_is_at_another_name_of_the_host_is_brought_to_the_page_first() {
        Rest byNumber = new Rest(URI.create(server.url().toString().replace("localhost", "127.0.0.1")), Map.of());
        assertThat(byNumber.get("/signin/openid?back=%2Fjobs").header("Location"))
                .isEqualTo(server.url() + "/signin/openid?again=true&back=%2Fjobs");
        assertThat(byNumber.get("/signin/openid?again=true").header("Location"))
                .startsWith(provider.issuer().toString());
    }

    @Test
    void a_wrong_file_stops_the_start_with_its_line_and_a_page_that_others_reach_must_be_named() throws Exception {
        ServerOptions options = new ServerOptions();
        Path before = folder.resolve("openid.yaml");
        String good = Files.readString(before);
        try {
            options.openId.file = file("roles: [{ group: a, role: king }]\n");
            StartException wrong = catchThrowableOfType(StartException.class, options::check);
            assertThat(wrong).hasMessageContaining("openid.yaml, line 4: \"role\" must be one of");
            assertThat(wrong.exitStatus()).isEqualTo(2);
            options.openId.file = file("others: viewer\n");
            options.check();
            options.host = "0.0.0.0";
            options.insecure = true;
            assertThat(catchThrowableOfType(StartException.class, options::check))
                    .hasMessageContaining("\"page\" is missing");
            options.openId.file = folder.resolve("nowhere.yaml");
            assertThat(catchThrowableOfType(StartException.class, options::check))
                    .hasMessageContaining("nowhere.yaml: there is no such file");
        } finally {
            Files.writeString(before, good);
        }
    }

    @Test
    void without_a_provider_there_is_no_such_way() {
        Rest plain = TestServer.shared().rest().without("Authorization");
        assertThat(plain.get("/api/v1/session/ways").response().body()).isEqualTo("{\"providers\":[]}");
        assertThat(plain.get("/signin/openid").status()).isEqualTo(404);
        assertThat(plain.get("/health/ready").json().has("openid")).isFalse();
    }
}
