// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static dev.pharos.server.CampaignBed.order;
import static dev.pharos.server.CampaignBed.path;
import static dev.pharos.server.CampaignBed.refused;
import static dev.pharos.server.CampaignBed.story;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Campaigns over REST, with real gateways that fetch images, restart, and run them.
final class CampaignRestTest {
    private static final int GATEWAYS = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static CampaignBed bed;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Rest ann;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Rest bob;

    private static long good;
    private static long foreign;

    @BeforeAll
    static void connect() throws IOException, InterruptedException, StartException {
        bed = new CampaignBed(folder, GATEWAYS, "CAMPAIGN");
        ann = bed.ann();
        bob = bed.bob();
        good = Images.upload(ann, "name=good&version=2.0.0&fileName=good.img");
        foreign = Images.upload(ann, "name=foreign&version=9.0.0&fileName=foreign.img&devices=model%3DNothing");
    }

    @AfterAll
    static void disconnect() {
        bed.close();
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
        JsonNode campaign = bed.made("", good, "\"waves\":[\"1%\",\"50%\",\"rest\"],\"soakSeconds\":0");
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
        JsonNode done = bed.stands(campaign, "done", "stopped", "held");
        assertThat(done.get("state").stringValue()).as(done.toString()).isEqualTo("done");
        assertThat(bed.running("2.0.0")).isEqualTo(GATEWAYS);
        assertThat(story(done))
                .contains("made by ann", "approved by bob", "started by ann with 6 devices in 3 waves: 1, 3, 2")
                .anyMatch(text -> text.startsWith("wave 2 of 3 begins with 3 devices (job "))
                .endsWith("is done; wave 3: 2 of 2 devices that were there run the image");
        assertThat(done.get("progress").get("done").asLong()).isEqualTo(GATEWAYS);
        order(bob, campaign, "rollback");
        JsonNode back = bed.stands(campaign, "rolled-back");
        assertThat(back.get("detail").stringValue()).isEqualTo("6 of 6 devices run what they ran before");
        assertThat(bed.running("1.0.0")).isEqualTo(GATEWAYS);
        List<String> csv = ann.get(path(campaign) + "/report.csv")
                .response()
                .body()
                .lines()
                .toList();
        assertThat(csv).hasSize(GATEWAYS + 1);
        assertThat(csv.get(1))
                .startsWith("os::0200F0-CAMPAIGN")
                .contains(",1,1.0.0,done,\"2.0.0 runs, in place of 1.0.0\",")
                .endsWith(",done,\"1.0.0 runs, in place of 2.0.0\",");
        JsonNode report = ann.get(path(campaign) + "/report?limit=4").json();
        assertThat(report.get("items")).hasSize(4);
        JsonNode rest = ann.get(path(campaign) + "/report?limit=4&cursor="
                        + report.get("nextCursor").stringValue())
                .json();
        assertThat(rest.get("items")).hasSize(2);
        assertThat(rest.get("nextCursor").isNull()).isTrue();
        String events = ann.get("/api/v1/events?limit=500").response().body();
        assertThat(events).contains("spring: wave 1 of 3 begins with 1 device", "spring: is rolled back: 6 of 6");
        assertThat(bed.audit()).contains("create campaign", "approve campaign", "start campaign", "roll back campaign");
        assertThat(ann.send("DELETE", path(campaign), null).status()).isEqualTo(204);
        assertThat(ann.get(path(campaign)).status()).isEqualTo(404);
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
