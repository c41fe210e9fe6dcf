// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The time zone in which somebody reads times, which follows them.
final class TimeZoneRestTest {
    private static final Rest ADMIN = TestServer.shared().rest();
    private static final Rest NOBODY = ADMIN.without("Authorization");
    private static final String ZONE = "/api/v1/session/time-zone";

    private static Rest page(String shown) {
        Answer signedIn = NOBODY.post("/api/v1/session", shown);
        assertThat(signedIn.status()).as(signedIn.response().body()).isEqualTo(200);
        return NOBODY.with("Cookie", signedIn.header("Set-Cookie").replaceAll(";.*", ""))
                .with("X-CSRF-Token", signedIn.json().get("csrf").stringValue());
    }

    private static String person(String name) {
        return "{\"user\":\"" + name + "\",\"password\":\""
                + ADMIN.post("/api/v1/users", "{\"name\":\"" + name + "\",\"role\":\"viewer\"}")
                        .json()
                        .get("password")
                        .stringValue()
                + "\"}";
    }

    private static String zone(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("timeZone").toString();
    }

    private static String choose(Rest page, String zone) {
        return zone(page.send("PUT", ZONE, "{\"timeZone\":" + zone + "}"));
    }

    @Test
    void it_is_the_browsers_until_one_is_chosen_and_follows_the_person_to_another_browser() {
        String zita = person("zoned-ada");
        Rest page = page(zita);
        assertThat(zone(page.get(ZONE))).isEqualTo("null");
        assertThat(choose(page, "\"Asia/Kolkata\"")).isEqualTo("\"Asia/Kolkata\"");
        assertThat(zone(page(zita).get(ZONE))).isEqualTo("\"Asia/Kolkata\"");
        assertThat(choose(page, "\"UTC\"")).isEqualTo("\"UTC\"");
        assertThat(zone(page(person("zoned-eve")).get(ZONE)))
                .as("another person")
                .isEqualTo("null");
        assertThat(choose(page, "null")).isEqualTo("null");
        assertThat(zone(page(zita).get(ZONE))).isEqualTo("null");
    }

    @Test
    void a_token_that_opens_the_page_has_one_of_its_own_which_goes_with_it() {
        JsonNode token = ADMIN.post("/api/v1/tokens", "{\"name\":\"of zones\",\"role\":\"viewer\"}")
                .json();
        Rest page = page("{\"token\":\"" + token.get("token").stringValue() + "\"}");
        assertThat(choose(page, "\"America/St_Johns\"")).isEqualTo("\"America/St_Johns\"");
        assertThat(zone(page.get(ZONE))).isEqualTo("\"America/St_Johns\"");
        assertThat(ADMIN.send("DELETE", "/api/v1/tokens/" + token.get("id").stringValue(), null)
                        .status())
                .isEqualTo(204);
        assertThat(ADMIN.get(ZONE).status()).as("without a session").isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Mars/Olympus\"", "\"\"", "\"+01:00\"", "\"europe/berlin\""})
    void what_is_no_time_zone_is_refused_with_what_is_allowed(String zone) {
        Answer answer = page(person("zoned-" + Math.floorMod(zone.hashCode(), 1_000_000)))
                .send("PUT", ZONE, "{\"timeZone\":" + zone + "}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").stringValue())
                .isEqualTo("\"timeZone\" must be a name of the IANA time zone database such as Europe/Berlin, or UTC,"
                        + " or null for that of the browser.");
    }
}
