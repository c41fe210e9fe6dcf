// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The timeline of a device over REST, with a real agent.
final class TimelineRestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Rest ADMIN = TestServer.shared().rest();
    private static final EndpointId ID = EndpointId.of("proto::timeline%2Fgateway");
    private static final String DEVICE = "/api/v1/devices/" + Rest.segment(ID);
    private static final String TIMELINE = DEVICE + "/timeline";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static HomeGateway gateway;

    @BeforeAll
    static void things_happen() throws IOException {
        gateway = new HomeGateway(ID, TestServer.shared().ws());
        await().atMost(PATIENCE)
                .until(() -> ADMIN.get(DEVICE + "/events").response().body().contains("onboarded"));
        ok(ADMIN.send("PATCH", DEVICE, "{\"tags\":[\"of-timeline\"]}"));
        ok(ADMIN.post(
                "/api/v1/jobs",
                "{\"name\":\"Look at it\",\"devices\":[\"" + ID
                        + "\"],\"steps\":[{\"get\":{\"paths\":[\"Device.DeviceInfo.\"]}}]}"));
        Answer asked = ADMIN.post(DEVICE + "/diagnostics", "{\"kind\": \"ping\", \"target\": \"--help\"}");
        assertThat(asked.status()).as(asked.response().body()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> states(ADMIN, "job,diagnostic").equals(Set.of("job done", "diagnostic failed")));
    }

    @AfterAll
    static void disconnect() {
        gateway.close();
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static List<JsonNode> items(Rest rest, String query) {
        return ok(rest.get(TIMELINE + query)).get("items").valueStream().toList();
    }

    private static Set<String> states(Rest rest, String kinds) {
        return items(rest, "?kinds=" + kinds).stream()
                .map(each -> each.get("kind").stringValue() + " "
                        + each.path("state").stringValue(""))
                .collect(Collectors.toSet());
    }

    private static Set<String> kinds(List<JsonNode> items) {
        return items.stream().map(each -> each.get("kind").stringValue()).collect(Collectors.toSet());
    }

    private static Rest token(String role, String scope) {
        String token = ok(ADMIN.post(
                        "/api/v1/tokens",
                        "{\"name\":\"" + role + " of timelines\",\"role\":\"" + role + "\",\"scope\":\"" + scope
                                + "\"}"))
                .get("token")
                .stringValue();
        return ADMIN.with("Authorization", "Bearer " + token);
    }

    @Test
    void events_jobs_edits_and_diagnostics_are_one_list_each_with_the_way_to_it() {
        List<JsonNode> items = items(ADMIN, "");
        assertThat(kinds(items)).contains("event", "job", "edit", "diagnostic");
        JsonNode job = items(ADMIN, "?kinds=job").getFirst();
        assertThat(job.get("title").stringValue()).isEqualTo("Look at it");
        assertThat(job.get("step").intValue()).isEqualTo(1);
        assertThat(ADMIN.get("/api/v1/jobs/" + job.get("number").longValue()).status())
                .isEqualTo(200);
        JsonNode run = items(ADMIN, "?kinds=diagnostic").getFirst();
        assertThat(run.get("title").stringValue()).isEqualTo("ping");
        assertThat(run.get("text").stringValue()).contains("no host name");
        assertThat(ADMIN.get(DEVICE + "/diagnostics/" + run.get("number").longValue())
                        .status())
                .isEqualTo(200);
        assertThat(items(ADMIN, "?kinds=edit"))
                .extracting(each -> each.get("title").stringValue())
                .contains("diagnose");
    }

    @Test
    void one_page_goes_on_where_the_other_ended() {
        List<JsonNode> all = items(ADMIN, "?kinds=job,edit,diagnostic");
        JsonNode first = ok(ADMIN.get(TIMELINE + "?kinds=job,edit,diagnostic&limit=2"));
        assertThat(first.get("items").valueStream().toList()).isEqualTo(all.subList(0, 2));
        assertThat(items(
                        ADMIN,
                        "?kinds=job,edit,diagnostic&cursor="
                                + first.get("nextCursor").stringValue()))
                .isEqualTo(all.subList(2, all.size()));
    }

    @Test
    void what_people_did_is_for_who_may_read_the_audit_log() {
        for (Rest rest : List.of(token("viewer", ""), token("auditor", "tag:of-timeline"))) {
            JsonNode seen = ok(rest.get(TIMELINE));
            assertThat(kinds(seen.get("items").valueStream().toList()))
                    .contains("event", "job", "diagnostic")
                    .doesNotContain("edit");
            assertThat(seen.get("kinds").toString()).doesNotContain("edit");
            assertThat(items(rest, "?kinds=edit")).isEmpty();
            assertThat(items(rest, "?kinds=edit,job")).hasSize(1);
        }
        assertThat(ok(token("auditor", "").get(TIMELINE)).get("kinds").toString())
                .contains("edit");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kinds=job,nothing | "kinds" must be some of event, firmware, alarm, job, edit, diagnostic, of which "nothing" is none.
            cursor=12 | "cursor" must be the nextCursor of the page before.
            limit=0 | "limit" must be 1 to 1000.
            """)
    void what_is_wrong_is_named(String query, String why) {
        Answer answer = ADMIN.get(TIMELINE + "?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").stringValue()).isEqualTo(why);
    }
}
