// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.server.webhook.Receiver;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Webhooks as scripts make them.
final class WebhookRestTest {
    private static final String HOOKS = "/api/v1/webhooks";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Rest rest = TestServer.shared().rest();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void end() {
        for (JsonNode hook : rest.get(HOOKS).json().get("items")) {
            rest.send("DELETE", HOOKS + "/" + hook.get("name").stringValue(), null);
        }
        receiver.close();
    }

    private JsonNode made(String more) {
        Answer answer = rest.post(HOOKS, "{\"name\":\"ours\",\"url\":\"" + receiver.url() + "\"" + more + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    /// A job of nobody, which starts and ends.
    private void something() {
        Answer answer = rest.post(
                "/api/v1/jobs",
                "{\"query\":\"tag:nobody-at-all\",\"allowEmpty\":true,\"steps\":[{\"get\":{\"paths\":[\"Device.\"]}}]}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    }

    private JsonNode hook() {
        return rest.get(HOOKS + "/ours").json();
    }

    private void awaitDelivered(int count) {
        await().atMost(PATIENCE)
                .until(() -> rest.get(HOOKS + "/ours/deliveries?state=delivered")
                                .json()
                                .get("items")
                                .size()
                        >= count);
    }

    @Test
    void a_webhook_is_made_told_shown_and_removed_and_its_secret_is_shown_once() {
        JsonNode made = made(",\"kinds\":[\"job\",\"warning\"]");
        String secret = made.get("secret").stringValue();
        assertThat(secret).startsWith("whsec_");
        assertThat(made.get("webhook").get("state").stringValue()).isEqualTo("active");
        assertThat(made.get("webhook").get("kinds").toString()).isEqualTo("[\"job\",\"warning\"]");
        something();
        awaitDelivered(1);
        JsonNode delivery =
                rest.get(HOOKS + "/ours/deliveries?limit=1").json().get("items").get(0);
        assertThat(delivery.get("status").asInt()).isEqualTo(204);
        assertThat(delivery.get("tries").asInt()).isEqualTo(1);
        assertThat(receiver.received()).anySatisfy(received -> {
            assertThat(received.id()).isEqualTo(delivery.get("id").stringValue());
            assertThat(received.body()).isEqualTo(delivery.get("body").stringValue());
            assertThat(received.json().get("type").stringValue()).isEqualTo("job");
        });
        assertThat(rest.get(HOOKS).response().body()).doesNotContain("whsec_").contains("\"ours\"");
        assertThat(rest.get("/api/v1/audit?text=ours").response().body())
                .contains("make webhook", receiver.url())
                .doesNotContain(secret);
        assertThat(rest.send("DELETE", HOOKS + "/ours", null).status()).isEqualTo(204);
        assertThat(rest.get(HOOKS + "/ours").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"url":"https://x.example/"} | name
            {"name":"a b","url":"https://x.example/"} | name
            {"name":"a"} | url
            {"name":"a","url":"http://x.example/"} | url
            {"name":"a","url":"https://169.254.169.254/"} | url
            {"name":"a","url":"https://x.example/","kinds":["Boot!"]} | kinds
            {"name":"a","url":"https://x.example/","query":"model ="} | query
            {"name":"a","url":"https://x.example/","query":"group:nobody-made-this"} | query
            """)
    void what_is_wrong_is_named_and_nothing_is_made(String body, String field) {
        Answer answer = rest.post(HOOKS, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").stringValue()).startsWith("\"" + field + "\" ");
        assertThat(rest.get(HOOKS).json().get("items")).isEmpty();
    }

    @Test
    void a_name_is_taken_once() {
        made("");
        assertThat(rest.post(HOOKS, "{\"name\":\"ours\",\"url\":\"" + receiver.url() + "\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void a_test_says_what_the_target_said() {
        made("");
        receiver.that(exchange -> Receiver.answer(exchange, 418, "I am a teapot"));
        JsonNode test = rest.post(HOOKS + "/ours/test", "").json();
        assertThat(test.get("delivered").asBoolean()).isFalse();
        assertThat(test.get("status").asInt()).isEqualTo(418);
        assertThat(test.get("answer").stringValue()).isEqualTo("I am a teapot");
        assertThat(receiver.received().getFirst().json().get("type").stringValue())
                .isEqualTo("test");
    }

    @Test
    void it_is_paused_goes_on_and_its_secret_is_replaced() {
        String before = made(",\"kinds\":[\"job\"]").get("secret").stringValue();
        JsonNode paused = rest.post(HOOKS + "/ours/pause", "").json();
        assertThat(paused.get("state").stringValue()).isEqualTo("paused");
        assertThat(paused.get("note").stringValue()).startsWith("paused by ");
        something();
        JsonNode rotated = rest.post(HOOKS + "/ours/rotate", "").json();
        assertThat(rotated.get("secret").stringValue()).startsWith("whsec_").isNotEqualTo(before);
        assertThat(rotated.get("webhook").has("oldSecretUntil")).isTrue();
        assertThat(receiver.received()).isEmpty();
        assertThat(rest.post(HOOKS + "/ours/resume", "{}").json().get("state").stringValue())
                .isEqualTo("active");
        awaitDelivered(1);
        assertThat(receiver.received().getFirst().signature().split(" ")).hasSize(2);
    }

    @Test
    void what_was_delivered_is_delivered_again_when_somebody_asks() {
        made(",\"kinds\":[\"job\"]");
        something();
        awaitDelivered(1);
        String id = receiver.received().getFirst().id();
        assertThat(rest.post(HOOKS + "/ours/replay", "{\"delivery\":\"" + id + "\"}")
                        .json()
                        .get("queued")
                        .asLong())
                .isEqualTo(1);
        await().atMost(PATIENCE)
                .until(() -> receiver.received().stream()
                                .filter(each -> each.id().equals(id))
                                .count()
                        == 2);
        assertThat(rest.post(HOOKS + "/ours/replay", "{\"from\":\"2020-01-01T00:00:00Z\"}")
                        .json()
                        .get("queued")
                        .asLong())
                .isPositive();
        assertThat(rest.post(HOOKS + "/ours/replay", "{\"dead\":true}")
                        .json()
                        .get("queued")
                        .asLong())
                .isZero();
        assertThat(rest.post(HOOKS + "/ours/replay", "{}").status()).isEqualTo(400);
        assertThat(rest.post(HOOKS + "/ours/replay", "{\"dead\":true,\"delivery\":\"" + id + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(rest.post(HOOKS + "/ours/replay", "{\"delivery\":\"00000000-0000-0000-0000-000000000000\"}")
                        .status())
                .isEqualTo(404);
        assertThat(rest.get(HOOKS + "/ours/deliveries?state=lost").status()).isEqualTo(400);
        assertThat(hook().get("dead").asLong()).isZero();
    }
}
