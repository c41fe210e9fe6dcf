// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static dev.pharos.server.passkey.SoftAuthenticator.base64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;
import dev.pharos.server.passkey.Assertion;
import dev.pharos.server.passkey.Attestation;
import dev.pharos.server.passkey.SoftAuthenticator;
import dev.pharos.server.passkey.SoftAuthenticator.Kind;
import dev.pharos.server.passkey.SoftAuthenticator.Says;
import dev.pharos.usp.Bytes;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// People who sign in with a passkey, and those who would like to with somebody else's.
final class PasskeyRestTest {
    private static final Rest ADMIN = TestServer.shared().rest();
    private static final Rest NOBODY = ADMIN.without("Authorization");
    private static final String ORIGIN = ADMIN.url().toString();
    private static final String OWN = "correct horse battery";
    private static final String KEYS = "/api/v1/session/passkeys";
    private static final String SIGN_IN = "/api/v1/session/passkey";

    @AfterEach
    void leave_nobody_behind() {
        for (String name : List.of("petra", "quentin")) {
            ADMIN.send("DELETE", "/api/v1/users/" + name, null);
        }
    }

    /// Somebody who has chosen a password, in their page.
    private static Rest person(String name) {
        Answer made = ADMIN.post("/api/v1/users", "{\"name\":\"" + name + "\",\"role\":\"viewer\"}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        String first = made.json().get("password").stringValue();
        Rest page = page(NOBODY.post("/api/v1/session", "{\"user\":\"" + name + "\",\"password\":\"" + first + "\"}"));
        assertThat(page.post(KEYS + "/options", "{\"password\":\"" + first + "\"}")
                        .json()
                        .get("detail")
                        .stringValue())
                .contains("Choose a password of your own first");
        assertThat(page.send(
                                "PUT",
                                "/api/v1/session/password",
                                "{\"old\":\"" + first + "\",\"chosen\":\"" + OWN + "\"}")
                        .status())
                .isEqualTo(204);
        return page;
    }

    private static Rest page(Answer signedIn) {
        assertThat(signedIn.status()).as(signedIn.response().body()).isEqualTo(200);
        return NOBODY.with("Cookie", cookie(signedIn))
                .with("X-CSRF-Token", signedIn.json().get("csrf").stringValue());
    }

    private static String cookie(Answer answer) {
        String cookie = answer.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static Bytes bytes(JsonNode options, String... path) {
        JsonNode node = options;
        for (String step : path) {
            node = node.get(step);
        }
        return Bytes.adopt(Base64.getUrlDecoder().decode(node.stringValue()));
    }

    /// A passkey of somebody, and what its authenticator calls them.
    private record Held(SoftAuthenticator authenticator, Bytes handle) {}

    private static JsonNode options(Rest page) {
        Answer options = page.with("Origin", ORIGIN).post(KEYS + "/options", "{\"password\":\"" + OWN + "\"}");
        assertThat(options.status()).as(options.response().body()).isEqualTo(200);
        return options.json();
    }

    private static String body(String name, Attestation made) {
        return "{\"name\":\"" + name + "\",\"clientData\":\"" + base64(made.clientData()) + "\",\"attestation\":\""
                + base64(made.attestationObject()) + "\",\"transports\":[\"internal\"]}";
    }

    private static Held add(Rest page, String name, Kind kind) {
        JsonNode options = options(page);
        SoftAuthenticator authenticator = SoftAuthenticator.make(kind);
        Answer added =
                page.post(KEYS, body(name, authenticator.create(Says.create(bytes(options, "challenge"), ORIGIN))));
        assertThat(added.status()).as(added.response().body()).isEqualTo(200);
        return new Held(authenticator, bytes(options, "user", "id"));
    }

    /// A browser that was asked for a passkey.
    private record Asked(Rest browser, Bytes challenge) {
        static Asked now() {
            Answer question = NOBODY.with("Origin", ORIGIN).post(SIGN_IN + "/question", "");
            assertThat(question.status()).as(question.response().body()).isEqualTo(200);
            assertThat(question.json().get("userVerification").stringValue()).isEqualTo("required");
            return new Asked(NOBODY.with("Cookie", cookie(question)), bytes(question.json(), "challenge"));
        }

        Answer answer(Assertion shown) {
            return browser.post(
                    SIGN_IN,
                    "{\"credential\":\"" + base64(shown.credential()) + "\",\"userHandle\":\""
                            + base64(shown.userHandle()) + "\",\"clientData\":\"" + base64(shown.clientData())
                            + "\",\"authenticatorData\":\"" + base64(shown.authenticatorData())
                            + "\",\"signature\":\"" + base64(shown.signature()) + "\"}");
        }

        Says says(long counter) {
            return Says.get(challenge, ORIGIN, counter);
        }
    }

    private static Answer signIn(Held key, long counter) {
        Asked asked = Asked.now();
        return asked.answer(key.authenticator().get(asked.says(counter), key.handle()));
    }

    private static void refused(Answer answer, String why) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(401);
        assertThat(answer.json().get("detail").stringValue()).contains(why);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(ADMIN.get("/api/v1/audit?action=sign-in%20refused&limit=1")
                        .response()
                        .body())
                .contains(why);
    }

    @Test
    void a_passkey_is_added_with_the_password_and_signs_its_owner_in_without_a_name() {
        Rest page = person("petra");
        assertThat(page.post(KEYS + "/options", "{\"password\":\"not hers at all\"}")
                        .status())
                .isEqualTo(422);
        JsonNode options = options(page);
        assertThat(options.get("rp").get("id").stringValue()).isEqualTo("localhost");
        assertThat(bytes(options, "user", "id")).isNotEqualTo(Bytes.ofUtf8("petra"));
        assertThat(options.get("authenticatorSelection").toString()).contains("\"userVerification\":\"required\"");
        Held phone = add(page, "Petra's phone", Kind.ES256);
        Held laptop = add(page, "laptop", Kind.RS256);
        assertThat(laptop.handle()).isEqualTo(phone.handle());
        assertThat(options(page).get("excludeCredentials").size()).isEqualTo(2);
        JsonNode listed = page.get(KEYS).json();
        assertThat(listed.get("origin").stringValue()).isEqualTo(ORIGIN);
        assertThat(listed.get("items").get(0).get("name").stringValue()).isEqualTo("Petra's phone");
        assertThat(listed.get("items").get(0).has("lastUsed")).isFalse();
        assertThat(ADMIN.get("/api/v1/users/petra").json().get("passkeys").asInt())
                .isEqualTo(2);

        Rest again = page(signIn(phone, 0));
        JsonNode session = again.get("/api/v1/session").json();
        assertThat(session.get("user").stringValue()).isEqualTo("petra");
        assertThat(session.get("rights").toString()).isEqualTo("[\"look\"]");
        page(signIn(laptop, 0));
        assertThat(again.get(KEYS).json().get("items").get(0).has("lastUsed")).isTrue();
        assertThat(ADMIN.get("/api/v1/sessions").response().body()).contains("\"by\":\"passkey\"");
        assertThat(ADMIN.get("/api/v1/audit?user=petra").response().body())
                .contains("add passkey", "by the passkey Petra's phone");

        String path = KEYS + "/" + listed.get("items").get(0).get("id");
        assertThat(again.without("X-CSRF-Token").send("DELETE", path, null).status())
                .isEqualTo(403);
        assertThat(again.send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(again.send("DELETE", path, null).status()).isEqualTo(404);
        refused(signIn(phone, 0), "not known here");
    }

    private static void lies(Held key, UnaryOperator<Says> lie, String why) {
        Asked asked = Asked.now();
        refused(asked.answer(key.authenticator().get(lie.apply(asked.says(5)), key.handle())), why);
        page(signIn(key, 0));
    }

    @Test
    void a_liar_is_refused_and_the_log_says_why() {
        Held key = add(person("petra"), "phone", Kind.ES256);
        lies(key, says -> says.withOrigin("https://evil.example"), "another place");
        lies(key, says -> says.withRpId("evil.example"), "another place");
        lies(key, says -> says.withChallenge(Bytes.ofUtf8("of another day")), "another question");
        lies(key, says -> says.withFlags(SoftAuthenticator.PRESENT), "did not look who is there");
        Asked asked = Asked.now();
        SoftAuthenticator other = SoftAuthenticator.make(Kind.ES256);
        refused(
                asked.answer(new SoftAuthenticator(
                                Kind.ES256, other.keys(), key.authenticator().credential())
                        .get(asked.says(0), key.handle())),
                "signature is wrong");
        refused(signIn(new Held(other, key.handle()), 0), "not known here");
    }

    @Test
    void a_challenge_is_answered_once_and_by_the_browser_that_was_asked() {
        Held key = add(person("petra"), "phone", Kind.ED25519);
        Asked asked = Asked.now();
        Assertion shown = key.authenticator().get(asked.says(0), key.handle());
        refused(new Asked(Asked.now().browser(), asked.challenge()).answer(shown), "another question");
        refused(new Asked(NOBODY, asked.challenge()).answer(shown), "answered once already");
        page(asked.answer(shown));
        refused(asked.answer(shown), "answered once already");
        // one that failed is gone too
        Asked second = Asked.now();
        Assertion wrong = key.authenticator().get(second.says(0).withRpId("evil.example"), key.handle());
        refused(second.answer(wrong), "another place");
        refused(second.answer(key.authenticator().get(second.says(0), key.handle())), "answered once already");
    }

    @Test
    void a_counter_that_goes_back_is_refused_and_one_that_goes_on_is_not() {
        Held key = add(person("petra"), "stick", Kind.ES256);
        page(signIn(key, 7));
        refused(signIn(key, 7), "went back");
        refused(signIn(key, 3), "went back");
        refused(signIn(key, 0), "went back");
        page(signIn(key, 8));
        assertThat(ADMIN.get("/api/v1/audit?action=sign-in%20refused&user=petra")
                        .json()
                        .get("items")
                        .get(0)
                        .get("detail")
                        .stringValue())
                .contains("there may be a copy of this passkey");
    }

    @Test
    void a_passkey_is_its_owners_alone() {
        Rest hers = person("petra");
        Rest his = person("quentin");
        Held key = add(hers, "phone", Kind.ES256);
        Held other = add(his, "phone", Kind.ES256);
        assertThat(other.handle()).isNotEqualTo(key.handle());
        refused(signIn(new Held(key.authenticator(), other.handle()), 0), "another person");
        long id = hers.get(KEYS).json().get("items").get(0).get("id").asLong();
        assertThat(his.send("DELETE", KEYS + "/" + id, null).status()).isEqualTo(404);

        // made by her authenticator for what he was asked: it is hers
        Attestation same = key.authenticator().create(Says.create(bytes(options(his), "challenge"), ORIGIN));
        Answer twice = his.post(KEYS, body("taken", same));
        assertThat(twice.status()).isEqualTo(422);
        assertThat(twice.json().get("detail").stringValue()).contains("known here already");
        // what he was asked is no question to her
        Attestation moved =
                SoftAuthenticator.make(Kind.ES256).create(Says.create(bytes(options(his), "challenge"), ORIGIN));
        assertThat(hers.post(KEYS, body("moved", moved)).status()).isEqualTo(422);
        assertThat(ADMIN.get("/api/v1/audit?action=passkey%20refused&user=quentin")
                        .json()
                        .get("items")
                        .size())
                .isOne();
        page(signIn(key, 0));
    }

    @Test
    void who_is_shut_out_reset_or_has_lost_the_device_does_not_come_in_by_a_passkey() {
        Rest page = person("petra");
        Held key = add(page, "phone", Kind.ES256);
        ADMIN.send("PUT", "/api/v1/users/petra", "{\"role\":\"viewer\",\"disabled\":true}");
        refused(signIn(key, 0), "may not sign in now");
        ADMIN.send("PUT", "/api/v1/users/petra", "{\"role\":\"viewer\",\"disabled\":false}");
        Rest open = page(signIn(key, 0));

        assertThat(ADMIN.send("DELETE", "/api/v1/users/petra/passkeys", null).status())
                .isEqualTo(204);
        assertThat(ADMIN.get("/api/v1/users/petra").json().get("passkeys").asInt())
                .isZero();
        assertThat(open.get("/api/v1/session").status()).isEqualTo(401);
        refused(signIn(key, 0), "not known here");
        assertThat(ADMIN.send("DELETE", "/api/v1/users/nobody-here/passkeys", null)
                        .status())
                .isEqualTo(404);

        Rest back = page(NOBODY.post("/api/v1/session", "{\"user\":\"petra\",\"password\":\"" + OWN + "\"}"));
        Held next = add(back, "next phone", Kind.ES256);
        ADMIN.post("/api/v1/users/petra/password", "{}");
        refused(signIn(next, 0), "not known here");
        assertThat(ADMIN.get("/api/v1/audit?action=remove%20passkeys")
                        .response()
                        .body())
                .contains("petra");
    }

    @Test
    void there_are_only_so_many_passkeys_of_a_person() {
        Rest page = person("petra");
        int most = page.get(KEYS).json().get("most").asInt();
        for (int i = 0; i < most; i++) {
            add(page, "key " + i, Kind.ED25519);
        }
        Answer more = page.post(KEYS + "/options", "{\"password\":\"" + OWN + "\"}");
        assertThat(more.status()).isEqualTo(409);
        assertThat(more.json().get("detail").stringValue()).contains("remove one first");
    }

    @Test
    void a_page_that_is_open_by_an_address_is_told_where_to_open_it() {
        Answer answer =
                NOBODY.with("Origin", ORIGIN.replace("localhost", "127.0.0.1")).post(SIGN_IN + "/question", "");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").stringValue())
                .contains("Browsers give passkeys to names, not to addresses", "Open it at " + ORIGIN);
        Rest page = person("petra").with("Origin", "https://elsewhere.example");
        assertThat(page.post(KEYS + "/options", "{\"password\":\"" + OWN + "\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void a_token_has_no_passkeys() {
        String secret = ADMIN.headers().getOrDefault("Authorization", "").substring("Bearer ".length());
        Rest page = page(NOBODY.post("/api/v1/session", "{\"token\":\"" + secret + "\"}"));
        assertThat(page.get(KEYS).status()).isEqualTo(409);
        assertThat(page.post(KEYS + "/options", "{\"password\":\"" + OWN + "\"}")
                        .status())
                .isEqualTo(409);
        assertThat(ADMIN.get(KEYS).status()).isEqualTo(401);
    }

    @Test
    void what_is_no_passkey_is_a_bad_request_or_refused_and_no_defect() {
        Rest page = person("petra");
        String huge = "A".repeat(40_000);
        assertThat(NOBODY.post(SIGN_IN, "{}").status()).isEqualTo(400);
        assertThat(NOBODY.post(
                                SIGN_IN,
                                "{\"credential\":\"!\",\"userHandle\":\"AA\",\"clientData\":\"AA\","
                                        + "\"authenticatorData\":\"AA\",\"signature\":\"AA\"}")
                        .status())
                .isEqualTo(400);
        assertThat(NOBODY.post(SIGN_IN, "{\"credential\":\"" + "A".repeat(1 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(page.post(KEYS, "{\"name\":\"x\",\"clientData\":\"" + huge + "\",\"attestation\":\"AA\"}")
                        .status())
                .isEqualTo(400);
        for (String name : List.of(" ", "a\\nb", "x".repeat(61))) {
            assertThat(page.post(KEYS, "{\"name\":\"" + name + "\",\"clientData\":\"AA\",\"attestation\":\"AA\"}")
                            .status())
                    .as(name)
                    .isEqualTo(400);
        }
        options(page);
        Answer nonsense = page.post(KEYS, "{\"name\":\"x\",\"clientData\":\"AA\",\"attestation\":\"gYGB\"}");
        assertThat(nonsense.status()).isEqualTo(422);
        assertThat(nonsense.json().get("detail").stringValue()).contains("no answer of a passkey");
        assertThat(page.get(KEYS).json().get("items").size()).isZero();
    }

    @Test
    void a_passkey_is_called_something_else_by_its_owner_alone() {
        Rest petra = person("petra");
        add(petra, "my phone", Kind.ES256);
        long id = petra.get(KEYS).json().get("items").get(0).get("id").longValue();
        Answer renamed = petra.send("PUT", KEYS + "/" + id, "{\"name\":\" my old phone \"}");
        assertThat(renamed.status()).as(renamed.response().body()).isEqualTo(200);
        assertThat(renamed.json().get("name").stringValue()).isEqualTo("my old phone");
        assertThat(petra.get(KEYS).json().get("items").get(0).get("name").stringValue())
                .isEqualTo("my old phone");
        assertThat(ADMIN.get("/api/v1/audit?user=petra&action=rename%20passkey")
                        .json()
                        .get("items")
                        .get(0)
                        .get("detail")
                        .stringValue())
                .isEqualTo("my phone is my old phone");
        for (String wrong : List.of("{}", "{\"name\":\"  \"}", "{\"name\":\"" + "x".repeat(61) + "\"}")) {
            assertThat(petra.send("PUT", KEYS + "/" + id, wrong).status()).isEqualTo(400);
        }
        Rest quentin = person("quentin");
        assertThat(quentin.send("PUT", KEYS + "/" + id, "{\"name\":\"mine\"}").status())
                .isEqualTo(404);
    }
}
