// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// People who sign in by name and password, and tokens that may not do everything for ever.
final class PeopleTest {
    private static final Rest ADMIN = TestServer.shared().rest();
    private static final Rest NOBODY = ADMIN.without("Authorization");
    private static final String OWN = "correct horse battery";

    @AfterEach
    void leave_nobody_behind() {
        ADMIN.get("/api/v1/users")
                .json()
                .get("items")
                .forEach(user -> ADMIN.send(
                        "DELETE",
                        "/api/v1/users/"
                                + Rest.segment(user.get("name").stringValue()).replace("+", "%20"),
                        null));
    }

    private static String let_in(String name, String role) {
        Answer made = ADMIN.post("/api/v1/users", "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        assertThat(ADMIN.get("/api/v1/users").response().body())
                .contains(name)
                .doesNotContain(made.json().get("password").stringValue());
        return made.json().get("password").stringValue();
    }

    private static Answer signIn(String name, String password) {
        return NOBODY.post("/api/v1/session", "{\"user\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }

    /// The page of somebody who has signed in.
    private static Rest page(Answer signedIn) {
        assertThat(signedIn.status()).as(signedIn.response().body()).isEqualTo(200);
        String cookie = signedIn.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
        return NOBODY.with("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .with("X-CSRF-Token", signedIn.json().get("csrf").stringValue());
    }

    private static Answer choose(Rest page, String old, String chosen) {
        return page.send("PUT", "/api/v1/session/password", "{\"old\":\"" + old + "\",\"chosen\":\"" + chosen + "\"}");
    }

    @Test
    void a_person_signs_in_chooses_a_password_and_may_do_what_the_role_says() {
        String first = let_in("anna", "viewer");
        Answer signedIn = signIn("anna", first);
        assertThat(signedIn.json().get("mustChangePassword").booleanValue()).isTrue();
        assertThat(signedIn.json().get("rights").size()).isZero();
        Rest page = page(signedIn);
        Answer tooEarly = page.get("/api/v1/devices");
        assertThat(tooEarly.status()).isEqualTo(403);
        assertThat(tooEarly.json().get("detail").stringValue()).contains("Choose a password of your own first");

        assertThat(choose(page, first, "short").status()).isEqualTo(400);
        assertThat(choose(page, first, "anna anna anna").json().get("detail").stringValue())
                .contains("must not hold the name");
        assertThat(choose(page, first, "aaaaaaaaaaaaaaaa").status()).isEqualTo(400);
        assertThat(choose(page, first, first).status()).isEqualTo(400);
        assertThat(choose(page, "not it", OWN).status()).isEqualTo(422);
        assertThat(choose(page, first, OWN).status()).isEqualTo(204);

        assertThat(page.get("/api/v1/devices").status()).isEqualTo(200);
        assertThat(page.post("/api/v1/jobs", "{}").status()).isEqualTo(403);
        JsonNode session = page.get("/api/v1/session").json();
        assertThat(session.get("rights").toString()).isEqualTo("[\"look\"]");
        assertThat(session.get("role").stringValue()).isEqualTo("viewer");
        assertThat(signIn("anna", first).status()).isEqualTo(401);
        assertThat(signIn("anna", OWN).status()).isEqualTo(200);
    }

    @Test
    void a_role_that_is_changed_counts_from_the_next_request_and_who_is_shut_out_is_out() {
        String first = let_in("bert", "viewer");
        Rest page = page(signIn("bert", first));
        choose(page, first, OWN);
        assertThat(page.get("/api/v1/audit").status()).isEqualTo(403);
        assertThat(ADMIN.send("PUT", "/api/v1/users/bert", "{\"role\":\"auditor\"}")
                        .status())
                .isEqualTo(200);
        assertThat(page.get("/api/v1/audit").status()).isEqualTo(200);
        assertThat(ADMIN.send("PUT", "/api/v1/users/bert", "{\"role\":\"auditor\",\"disabled\":true}")
                        .status())
                .isEqualTo(200);
        assertThat(page.get("/api/v1/devices").status()).isEqualTo(401);
        assertThat(signIn("bert", OWN).status()).isEqualTo(401);
        ADMIN.send("PUT", "/api/v1/users/bert", "{\"role\":\"auditor\",\"disabled\":false}");
        Rest again = page(signIn("bert", OWN));
        assertThat(ADMIN.send("DELETE", "/api/v1/users/bert", null).status()).isEqualTo(204);
        assertThat(again.get("/api/v1/devices").status()).isEqualTo(401);
        assertThat(ADMIN.send("DELETE", "/api/v1/users/bert", null).status()).isEqualTo(404);
    }

    @Test
    void a_password_that_was_reset_must_be_changed_and_ends_the_sessions_before() {
        String first = let_in("carla", "engineer");
        Rest page = page(signIn("carla", first));
        choose(page, first, OWN);
        String second = ADMIN.post("/api/v1/users/carla/password", "{}")
                .json()
                .get("password")
                .stringValue();
        assertThat(page.get("/api/v1/devices").status()).isEqualTo(401);
        assertThat(signIn("carla", OWN).status()).isEqualTo(401);
        assertThat(signIn("carla", second).json().get("mustChangePassword").booleanValue())
                .isTrue();
    }

    @Test
    void a_change_of_the_page_needs_its_csrf_header_also_for_people() {
        String first = let_in("doris", "viewer");
        Rest page = page(signIn("doris", first)).without("X-CSRF-Token");
        assertThat(choose(page, first, OWN).status()).isEqualTo(403);
    }

    @Test
    void sessions_are_seen_and_ended_by_administrators() {
        String first = let_in("emil", "viewer");
        Rest page = page(signIn("emil", first));
        JsonNode own = null;
        for (JsonNode session : ADMIN.get("/api/v1/sessions").json().get("items")) {
            if (session.get("user").stringValue().equals("emil")) {
                own = session;
            }
        }
        assertThat(own).isNotNull();
        assertThat(own.get("by").stringValue()).isEqualTo("password");
        assertThat(own.get("address").stringValue()).isEqualTo("127.0.0.1");
        String path = "/api/v1/sessions/" + own.get("id").stringValue();
        assertThat(ADMIN.send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(ADMIN.send("DELETE", path, null).status()).isEqualTo(404);
        assertThat(page.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    void who_guesses_the_password_of_a_person_must_wait_and_others_need_not() {
        let_in("frida", "viewer");
        String other = let_in("gustav", "viewer");
        // a right sign-in in between, so that the address does not count as one that guesses
        for (int i = 0; i < 10; i++) {
            assertThat(signIn("frida", "guess number " + i).status()).isEqualTo(401);
            assertThat(signIn("gustav", other).status()).isEqualTo(200);
        }
        Answer waits = signIn("frida", "guess number 11");
        assertThat(waits.status()).isEqualTo(429);
        assertThat(waits.json().get("detail").stringValue()).contains("may be tried again in");
        assertThat(signIn("gustav", other).status()).isEqualTo(200);
        assertThat(ADMIN.get("/api/v1/audit?action=sign-in%20refused&user=frida")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"x\",\"role\":\"viewer\"}",
                "{\"name\":\" -x\",\"role\":\"viewer\"}",
                "{\"name\":\"a\\nb\",\"role\":\"viewer\"}",
                "{\"name\":\"<script>\",\"role\":\"viewer\"}",
                "{\"name\":\"anna\",\"role\":\"king\"}",
                "{\"name\":\"anna\"}",
                "{\"name\":\"anna\",\"role\":\"viewer\",\"password\":\"mine\"}"
            })
    void a_person_without_a_proper_name_or_role_is_refused(String body) {
        Answer answer = ADMIN.post("/api/v1/users", body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
    }

    @Test
    void a_name_belongs_to_one_person_or_to_a_token() {
        let_in("Hanna Müller", "viewer");
        assertThat(ADMIN.post("/api/v1/users", "{\"name\":\"Hanna Müller\",\"role\":\"admin\"}")
                        .status())
                .isEqualTo(409);
        assertThat(ADMIN.post("/api/v1/tokens", "{\"name\":\"Hanna Müller\",\"role\":\"admin\"}")
                        .status())
                .isEqualTo(409);
        assertThat(ADMIN.post("/api/v1/users", "{\"name\":\"admin\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(409);
        assertThat(ADMIN.get("/api/v1/users/Hanna%20M%C3%BCller").status()).isEqualTo(200);
    }

    @Test
    void a_sign_in_is_by_token_or_by_password_and_not_by_both_or_neither() {
        for (String body : List.of(
                "{}",
                "{\"user\":\"anna\"}",
                "{\"password\":\"x\"}",
                "{\"token\":\"x\",\"user\":\"anna\",\"password\":\"x\"}")) {
            assertThat(NOBODY.post("/api/v1/session", body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void a_token_has_a_role_and_may_expire() {
        assertThat(ADMIN.post("/api/v1/tokens", "{\"name\":\"no role\"}").status())
                .isEqualTo(400);
        assertThat(ADMIN.post("/api/v1/tokens", "{\"name\":\"x\",\"role\":\"viewer\",\"days\":0}")
                        .status())
                .isEqualTo(400);
        JsonNode made = ADMIN.post("/api/v1/tokens", "{\"name\":\"for a day\",\"role\":\"viewer\",\"days\":1}")
                .json();
        assertThat(made.get("expires").stringValue()).isNotEmpty();
        Rest reader = NOBODY.with("Authorization", "Bearer " + made.get("token").stringValue());
        assertThat(reader.get("/api/v1/devices").status()).isEqualTo(200);
        assertThat(reader.get("/api/v1/tokens").status()).isEqualTo(403);
    }

    @Test
    void a_password_made_for_somebody_is_not_shown_again_to_who_sends_the_request_again() {
        Rest keyed = ADMIN.with("Idempotency-Key", "people-" + System.nanoTime());
        String body = "{\"name\":\"ida\",\"role\":\"viewer\"}";
        String password =
                keyed.post("/api/v1/users", body).json().get("password").stringValue();
        Answer again = keyed.post("/api/v1/users", body);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.response().body()).doesNotContain(password);
    }
}
