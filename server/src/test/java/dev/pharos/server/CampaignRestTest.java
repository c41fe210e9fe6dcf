// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Campaigns over REST, with real gateways that fetch images, restart, and run them.
final class CampaignRestTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int GATEWAYS = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestServer server;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Rest ann;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Rest bob;

    private static final List<UpgradableGateway> ALL = new ArrayList<>();
    private static long good;
    private static long foreign;

    @BeforeAll
    static void connect() throws IOException, InterruptedException, StartException {
        server = TestServer.in(folder.resolve("server"));
        ann = person("ann");
        bob = person("bob");
        for (int i = 1; i <= GATEWAYS; i++) {
            EndpointId id = EndpointId.of("os::0200F0-CAMPAIGN" + i);
            ALL.add(new UpgradableGateway(id, server.ws(), folder.resolve("agent" + i)));
        }
        for (UpgradableGateway gateway : ALL) {
            String device = "/api/v1/devices/" + Rest.segment(gateway.id());
            await().atMost(PATIENCE)
                    .until(() -> ann.get(device + "/events").response().body().contains("onboarded"));
        }
        good = Images.upload(ann, "name=good&version=2.0.0&fileName=good.img");
        foreign = Images.upload(ann, "name=foreign&version=9.0.0&fileName=foreign.img&devices=model%3DNothing");
    }

    @AfterAll
    static void disconnect() {
        ALL.forEach(UpgradableGateway::close);
        server.close();
    }

    /// Whoever has a token is a person of this name.
    private static Rest person(String name) {
        String secret = server.rest()
                .post("/api/v1/tokens", "{\"name\":\"" + name + "\",\"role\":\"engineer\"}")
                .json()
                .get("token")
                .stringValue();
        return server.rest().with("Authorization", "Bearer " + secret);
    }

    private static JsonNode made(long image, String fields) {
        Answer answer = ann.post(
                "/api/v1/campaigns", "{\"name\":\"spring\",\"query\":\"\",\"firmware\":" + image + "," + fields + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static String path(JsonNode campaign) {
        return "/api/v1/campaigns/" + campaign.get("id").asLong();
    }

    private static JsonNode order(Rest who, JsonNode campaign, String what) {
        Answer answer = who.post(path(campaign) + "/" + what, "");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static String refused(Rest who, JsonNode campaign, String what) {
        Answer answer = who.post(path(campaign) + "/" + what, "");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(409);
        return answer.json().get("detail").stringValue();
    }

    private static JsonNode stands(JsonNode campaign, String... states) {
        await().atMost(PATIENCE)
                .until(() -> List.of(states)
                        .contains(ann.get(path(campaign)).json().get("state").stringValue()));
        return ann.get(path(campaign)).json();
    }

    private static List<String> story(JsonNode campaign) {
        return StreamSupport.stream(campaign.get("story").spliterator(), false)
                .map(note -> note.get("text").stringValue())
                .toList();
    }

    private static long running(String version) {
        return ALL.stream().filter(gateway -> gateway.version().equals(version)).count();
    }

    @Test
    void a_campaign_is_approved_by_another_goes_wave_by_wave_and_is_rolled_back() {
        JsonNode preview = ann.post(
                        "/api/v1/campaigns/preview",
                        "{\"name\":\"x\",\"query\":\"\",\"firmware\":" + good + ",\"waves\":[\"1%\",\"50%\",\"rest\"]}")
                .json();
        assertThat(preview.get("detail").stringValue())
                .isEqualTo(
                        "It would bring good 2.0.0 to 6 devices, of which 6 are online now and 0 run it already, in 3"
                                + " waves of 1, 3, 2.");
        JsonNode campaign = made(good, "\"waves\":[\"1%\",\"50%\",\"rest\"],\"soakSeconds\":0");
        assertThat(campaign.get("state").stringValue()).isEqualTo("unapproved");
        assertThat(refused(ann, campaign, "start")).contains("not approved");
        assertThat(refused(ann, campaign, "approve")).startsWith("Who made a campaign does not approve it");
        assertThat(order(bob, campaign, "approve").get("approvedBy").stringValue())
                .isEqualTo("bob");
        assertThat(ann.send("DELETE", "/api/v1/firmware/" + good, null).status())
                .isEqualTo(409);
        order(ann, campaign, "start");
        assertThat(refused(bob, campaign, "rollback")).contains("stop it first");
        order(bob, campaign, "pause");
        assertThat(ann.send("DELETE", path(campaign), null).status()).isEqualTo(409);
        order(bob, campaign, "resume");
        JsonNode done = stands(campaign, "done", "stopped", "held");
        assertThat(done.get("state").stringValue()).as(done.toString()).isEqualTo("done");
        assertThat(running("2.0.0")).isEqualTo(GATEWAYS);
        assertThat(story(done))
                .contains("made by ann", "approved by bob", "started by ann with 6 devices in 3 waves: 1, 3, 2")
                .anyMatch(text -> text.startsWith("wave 2 of 3 begins with 3 devices (job "))
                .endsWith("is done; wave 3: 2 of 2 devices that were there run the image");
        assertThat(done.get("progress").get("done").asLong()).isEqualTo(GATEWAYS);
        order(bob, campaign, "rollback");
        JsonNode back = stands(campaign, "rolled-back");
        assertThat(back.get("detail").stringValue()).isEqualTo("6 of 6 devices run what they ran before");
        assertThat(running("1.0.0")).isEqualTo(GATEWAYS);
        List<String> csv = ann.get(path(campaign) + "/report.csv")
                .response()
                .body()
                .lines()
                .toList();
        assertThat(csv).hasSize(GATEWAYS + 1);
        assertThat(csv.get(1))
                .startsWith("os::0200F0-CAMPAIGN")
                .contains(",1,1.0.0,done,\"2.0.0 runs, in place of 1.0.0\",")
                .endsWith(",done,\"1.0.0 runs, in place of 2.0.0\"");
        JsonNode report = ann.get(path(campaign) + "/report?limit=4").json();
        assertThat(report.get("items")).hasSize(4);
        JsonNode rest = ann.get(path(campaign) + "/report?limit=4&cursor="
                        + report.get("nextCursor").stringValue())
                .json();
        assertThat(rest.get("items")).hasSize(2);
        assertThat(rest.get("nextCursor").isNull()).isTrue();
        String events = ann.get("/api/v1/events?limit=500").response().body();
        assertThat(events).contains("spring: wave 1 of 3 begins with 1 device", "spring: is rolled back: 6 of 6");
        assertThat(server.rest().get("/api/v1/audit?limit=100").response().body())
                .contains("create campaign", "approve campaign", "start campaign", "roll back campaign");
        assertThat(ann.send("DELETE", path(campaign), null).status()).isEqualTo(204);
        assertThat(ann.get(path(campaign)).status()).isEqualTo(404);
    }

    @Test
    void the_health_gate_stops_a_campaign_whose_image_has_gateways_restart_and_lose_memory() throws Exception {
        long bad = Images.upload(
                ann,
                "name=bad&version=3.0.0&fileName=bad.img",
                "simulated gateway: restarts-every=10 free-memory=50\n");
        JsonNode campaign = made(
                bad,
                "\"waves\":[\"2\",\"rest\"],\"soakSeconds\":45,\"approval\":false,\"gate\":{\"atLeast\":2,\"measures\":"
                        + "[\"Boot! rises 1\",\"Device.DeviceInfo.MemoryStatus.Free falls 20%\"]}");
        assertThat(order(ann, campaign, "start").get("state").stringValue()).isEqualTo("running");
        JsonNode stopped = stands(campaign, "done", "stopped", "held");
        assertThat(stopped.get("state").stringValue()).as(stopped.toString()).isEqualTo("stopped");
        assertThat(stopped.get("detail").stringValue())
                .as(stopped.toString())
                .startsWith("not healthy after wave 1: Boot! came ")
                .contains(" times for each device and hour on 2 devices that are updated (")
                .contains(" and 0 times on 4 others: worse by ");
        assertThat(running("3.0.0")).isEqualTo(2);
        assertThat(server.rest().get("/api/v1/audit?limit=100").response().body())
                .contains("WITHOUT approval by a second person", "which no second person had to approve");
        order(ann, campaign, "rollback");
        stands(campaign, "rolled-back");
        assertThat(running("3.0.0")).isZero();
    }

    @Test
    void too_few_devices_tell_nothing_and_a_person_decides() {
        JsonNode campaign = made(
                good,
                "\"waves\":[\"2\",\"rest\"],\"soakSeconds\":30,\"approval\":false,"
                        + "\"gate\":{\"atLeast\":3,\"measures\":[\"Device.DeviceInfo.MemoryStatus.Free falls 20%\"]}");
        order(ann, campaign, "start");
        JsonNode held = stands(campaign, "done", "stopped", "held");
        assertThat(held.get("detail").stringValue())
                .as(held.toString())
                .isEqualTo("whether wave 1 is healthy is not known: Device.DeviceInfo.MemoryStatus.Free is known of 2"
                        + " updated and 4 other devices, and it takes 3 of each");
        order(bob, campaign, "stop");
        assertThat(refused(bob, campaign, "stop")).contains("has ended");
        order(bob, campaign, "rollback");
        stands(campaign, "rolled-back");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | "query":""                     | "firmware":999 , "waves":["rest"]                 | must be the number of an image that there is, not 999
            400 | "query":"(("                   | "firmware":GOOD , "waves":["rest"]                | is no query
            400 | "query":"group:none"           | "firmware":GOOD , "waves":["rest"]                | no group
            409 | "query":"tag:nobody"           | "firmware":GOOD , "waves":["rest"]                | No device is meant now
            409 | "devices":["proto::nobody"]    | "firmware":GOOD , "waves":["rest"]                | No device is meant now
            409 | "query":""                     | "firmware":FOREIGN , "waves":["rest"]             | 6 of the devices are not among those that the image is for; allowed are: model=Nothing
            409 | "query":""                     | "firmware":GOOD , "waves":["6","rest"]            | do not fit 6 devices
            400 | "query":""                     | "firmware":GOOD , "waves":["10%","20%"]           | add up to 100%, not 30%
            400 | "query":""                     | "firmware":GOOD , "waves":[]                      | at least one
            400 | "query":""                     | "firmware":GOOD                                   | at least one
            400 | "query":""                     | "waves":["rest"]                                  | must be the number of an image
            400 | "query":"" , "devices":["a:b"] | "firmware":GOOD , "waves":["rest"]                | which devices
            400 | "query":""                     | "firmware":GOOD , "waves":["rest"] , "stopAt":"0" | 1 and more
            400 | "query":""                     | "firmware":GOOD , "waves":["rest"] , "successPercent":101 | must be 0 to 100
            400 | "query":""                     | "firmware":GOOD , "waves":["rest"] , "soakSeconds":-1 | must be 0 to
            400 | "query":""                     | "firmware":GOOD , "waves":["rest"] , "gate":{"measures":["x"]} | no measure
            400 | "query":""                     | "firmware":GOOD , "waves":["rest"] , "gate":{"measures":["Boot! rises 1"],"atLeast":1} | must be 2 to
            400 | "query":""                     | "firmware":GOOD , "waves":["rest"] , "gate":{"measures":["Boot! rises 1"],"unknown":"hope"} | hold, go-on or stop
            400 | "query":""                     | "firmware":GOOD , "waves":["rest"] , "soakSeconds":5 , "gate":{"measures":["Boot! rises 1"]} | at least 30
            """)
    void what_cannot_be_is_refused_and_it_says_what_is_allowed(
            int status, String devices, String fields, String reason) {
        String body = "{\"name\":\"no\"," + devices + "," + fields + "}";
        Answer answer = ann.post(
                "/api/v1/campaigns",
                body.replace("GOOD", Long.toString(good)).replace("FOREIGN", Long.toString(foreign)));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().get("detail").stringValue()).contains(reason);
    }
}
