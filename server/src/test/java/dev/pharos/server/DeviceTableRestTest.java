// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The table of devices as the page has it: with parameters as columns, and views that follow who keeps them.
final class DeviceTableRestTest {
    private static final Rest ADMIN = TestServer.shared().rest();
    private static final Rest NOBODY = ADMIN.without("Authorization");
    private static final String VIEWS = "/api/v1/session/views";
    private static final String LIST = "/api/v1/devices?q=id%20%3D%20%22proto%3A%3Atable%22&parameters=";
    private static final String RADIOS = "Device.WiFi.Radio.*.Channel";

    private static Rest page(Answer signedIn) {
        assertThat(signedIn.status()).as(signedIn.response().body()).isEqualTo(200);
        return NOBODY.with("Cookie", signedIn.header("Set-Cookie").replaceAll(";.*", ""))
                .with("X-CSRF-Token", signedIn.json().get("csrf").stringValue());
    }

    private static Rest person(String name) {
        String password = ADMIN.post("/api/v1/users", "{\"name\":\"" + name + "\",\"role\":\"viewer\"}")
                .json()
                .get("password")
                .stringValue();
        return page(NOBODY.post("/api/v1/session", "{\"user\":\"" + name + "\",\"password\":\"" + password + "\"}"));
    }

    private static List<String> names(Rest page) {
        return page.get(VIEWS)
                .json()
                .get("items")
                .valueStream()
                .map(view -> view.get("name").stringValue())
                .toList();
    }

    @Test
    void a_list_shows_what_is_known_of_parameters_beside_each_device() throws IOException {
        EndpointId id = EndpointId.of("proto::table");
        try (HomeGateway _ = new HomeGateway(id, TestServer.shared().ws())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> ADMIN.get(LIST + RADIOS).json().at("/items/0").has("values")
                            && !ADMIN.get(LIST + RADIOS)
                                    .json()
                                    .at("/items/0/values")
                                    .isEmpty());
            JsonNode device =
                    ADMIN.get(LIST + RADIOS + ",%20Device.Nothing.Here").json().at("/items/0");
            JsonNode radios = device.get("values").get(RADIOS);
            assertThat(radios.get("more").booleanValue()).isFalse();
            assertThat(radios.at("/items/0/path").stringValue()).isEqualTo("Device.WiFi.Radio.1.Channel");
            assertThat(radios.at("/items/0/value").stringValue()).matches("\\d+");
            assertThat(device.get("values").has("Device.Nothing.Here")).isFalse();
            assertThat(ADMIN.get("/api/v1/devices?q=id%20%3D%20%22proto%3A%3Atable%22")
                            .json()
                            .at("/items/0")
                            .has("values"))
                    .isFalse();
        }
    }

    @Test
    void what_is_no_parameter_is_refused_and_so_are_too_many() {
        assertThat(ADMIN.get(LIST + "Device.WiFi.").json().get("detail").stringValue())
                .isEqualTo("\"parameters\" must name parameters by paths such as Device.WiFi.Radio.*.Channel, of which"
                        + " \"Device.WiFi.\" is none.");
        String nine = String.join(
                ",", IntStream.range(0, 9).mapToObj(i -> "Device.X.P" + i).toList());
        assertThat(ADMIN.get(LIST + nine).json().get("detail").stringValue())
                .isEqualTo("\"parameters\" must have 8 parameters at most.");
    }

    @Test
    void a_view_is_kept_for_its_owner_alone_and_goes_with_them() {
        Rest vera = person("vera");
        Rest viktor = person("viktor");
        String view =
                "{\"query\":\"tag:pilot\",\"show\":\"online\",\"sort\":\"-modelName\",\"columns\":[\"id\",\"health\",\""
                        + RADIOS + "\"],\"by\":\"model\"}";
        JsonNode kept =
                vera.send("PUT", VIEWS + "/Pilots%20n%C3%B6rdlich", view).json();

        assertThat(kept.get("name").stringValue()).isEqualTo("Pilots nördlich");
        assertThat(vera.get(VIEWS).json().at("/items/0")).isEqualTo(kept);
        assertThat(kept.get("columns").toString()).isEqualTo("[\"id\",\"health\",\"" + RADIOS + "\"]");
        assertThat(names(viktor)).isEmpty();
        assertThat(viktor.send("DELETE", VIEWS + "/Pilots%20n%C3%B6rdlich", null)
                        .status())
                .isEqualTo(404);
        assertThat(viktor.send("PUT", VIEWS + "/Pilots%20n%C3%B6rdlich", "{}")
                        .json()
                        .get("sort")
                        .stringValue())
                .isEqualTo("-lastSeen");
        assertThat(vera.send("PUT", VIEWS + "/Pilots%20n%C3%B6rdlich", "{}").status())
                .isEqualTo(200);
        assertThat(vera.get(VIEWS).json().at("/items/0/query").stringValue()).isEmpty();
        assertThat(viktor.send("DELETE", VIEWS + "/Pilots%20n%C3%B6rdlich", null)
                        .status())
                .isEqualTo(204);
        assertThat(names(viktor)).isEmpty();

        ADMIN.send("DELETE", "/api/v1/users/vera", null);
        assertThat(names(person("vera"))).isEmpty();
        ADMIN.send("DELETE", "/api/v1/users/vera", null);
        ADMIN.send("DELETE", "/api/v1/users/viktor", null);
    }

    private static JsonNode token() {
        return ADMIN.post("/api/v1/tokens", "{\"name\":\"walter\",\"role\":\"viewer\"}")
                .json();
    }

    private static Rest page(JsonNode token) {
        return page(NOBODY.post(
                "/api/v1/session", "{\"token\":\"" + token.get("token").stringValue() + "\"}"));
    }

    @Test
    void a_token_that_opens_the_page_has_views_of_its_own_and_another_one_of_its_name_does_not_see_them() {
        JsonNode one = token();
        JsonNode other = token();
        Rest byOne = page(one);
        assertThat(byOne.send("PUT", VIEWS + "/mine", "{}").status()).isEqualTo(200);
        assertThat(names(byOne)).containsExactly("mine");
        assertThat(names(page(other))).isEmpty();
        for (JsonNode each : List.of(one, other)) {
            assertThat(ADMIN.send("DELETE", "/api/v1/tokens/" + each.get("id").stringValue(), null)
                            .status())
                    .isEqualTo(204);
        }
        assertThat(ADMIN.get(VIEWS).status()).as("without a session").isEqualTo(401);
    }

    @Test
    void a_view_that_makes_no_sense_is_refused_with_what_is_allowed() {
        Rest xenia = person("xenia");
        record Wrong(String name, String body, String said) {}
        List<Wrong> wrong = List.of(
                new Wrong("x", "{\"query\":\"model =\"}", "\"query\" is no query"),
                new Wrong("x", "{\"show\":\"some\"}", "must be all, online or offline"),
                new Wrong("x", "{\"sort\":\"health\"}", "must be id, lastSeen or modelName"),
                new Wrong("x", "{\"columns\":[\"colour\"]}", "of which \"colour\" is none"),
                new Wrong("x", "{\"columns\":[\"values\"]}", "of which \"values\" is none"),
                new Wrong("x", "{\"columns\":[\"id\",\"id\"]}", "id stands there twice"),
                new Wrong("x", "{\"columns\":[\"id\",null]}", "must not be null"),
                new Wrong("x", "{\"by\":\"colour\"}", "devices are counted by"),
                new Wrong("%2Bx", "{}", "a letter or digit first"));
        for (Wrong each : wrong) {
            Answer answer = xenia.send("PUT", VIEWS + "/" + each.name(), each.body());
            assertThat(answer.status()).as(each.body()).isEqualTo(400);
            assertThat(answer.json().get("detail").stringValue())
                    .as(each.body())
                    .contains(each.said());
        }
        assertThat(names(xenia)).isEmpty();
        for (int i = 0; i < 50; i++) {
            assertThat(xenia.send("PUT", VIEWS + "/v" + i, "{}").status()).isEqualTo(200);
        }
        assertThat(xenia.send("PUT", VIEWS + "/one%20more", "{}").status()).isEqualTo(409);
        assertThat(xenia.send("PUT", VIEWS + "/v7", "{}").status()).isEqualTo(200);
        ADMIN.send("DELETE", "/api/v1/users/xenia", null);
    }
}
