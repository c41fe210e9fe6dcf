// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static dev.pharos.server.CampaignBed.order;
import static dev.pharos.server.CampaignBed.path;
import static dev.pharos.server.CampaignBed.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The health gate of campaigns on real gateways. Both campaigns are under way before the first test asks: a gate takes
/// its time, and that of one is that of the other.
final class CampaignGateTest {
    private static final int GATEWAYS = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static CampaignBed bed;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static JsonNode unhealthy;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static JsonNode unknown;

    @BeforeAll
    static void begin_both() throws Exception {
        bed = new CampaignBed(folder, GATEWAYS, "UNHEALTHY", "UNKNOWN");
        long bad = Images.upload(
                bed.ann(),
                "name=bad&version=3.0.0&fileName=bad.img",
                "simulated gateway: restarts-every=10 free-memory=50\n");
        long good = Images.upload(bed.ann(), "name=good&version=2.0.0&fileName=good.img");
        unhealthy = bed.made(
                "UNHEALTHY",
                bad,
                "\"waves\":[\"2\",\"rest\"],\"soakSeconds\":45,\"approval\":false,\"gate\":{\"atLeast\":2,\"measures\":"
                        + "[\"Boot! rises 1\",\"Device.DeviceInfo.MemoryStatus.Free falls 20%\"]}");
        unknown = bed.made(
                "UNKNOWN",
                good,
                "\"waves\":[\"2\",\"rest\"],\"soakSeconds\":30,\"approval\":false,"
                        + "\"gate\":{\"atLeast\":3,\"measures\":[\"Device.DeviceInfo.MemoryStatus.Free falls 20%\"]}");
        assertThat(order(bed.ann(), unhealthy, "start").get("state").stringValue())
                .isEqualTo("running");
        order(bed.ann(), unknown, "start");
    }

    @AfterAll
    static void end() {
        bed.close();
    }

    @Test
    void the_health_gate_stops_a_campaign_whose_image_has_gateways_restart_and_lose_memory() {
        JsonNode stopped = bed.stands(unhealthy, "done", "stopped", "held");
        assertThat(stopped.get("state").stringValue()).as(stopped.toString()).isEqualTo("stopped");
        assertThat(stopped.get("detail").stringValue())
                .as(stopped.toString())
                .startsWith("not healthy after wave 1: Boot! came ")
                .contains(" times for each device and hour on 2 devices that are updated (")
                .contains(" and 0 times on 4 others: worse by ");
        JsonNode health =
                bed.ann().get(path(unhealthy) + "/health").json().get("items").get(0);
        assertThat(health.get("wave").asInt()).isEqualTo(1);
        assertThat(health.get("measures").findValuesAsString("verdict")).contains("worse");
        JsonNode boots = health.get("measures").get(0);
        assertThat(boots.get("measure").stringValue()).isEqualTo("Boot! rises 1");
        assertThat(boots.get("updated").get("now").asDouble())
                .isGreaterThan(boots.get("others").get("now").asDouble());
        assertThat(health.get("measures").get(1).get("updated").get("before").asDouble())
                .isPositive();
        assertThat(bed.running("3.0.0")).isEqualTo(2);
        assertThat(bed.audit())
                .contains("WITHOUT approval by a second person", "which no second person had to approve");
        order(bed.ann(), unhealthy, "rollback");
        bed.stands(unhealthy, "rolled-back");
        assertThat(bed.running("3.0.0")).isZero();
    }

    @Test
    void too_few_devices_tell_nothing_and_a_person_decides() {
        JsonNode held = bed.stands(unknown, "done", "stopped", "held");
        assertThat(held.get("detail").stringValue())
                .as(held.toString())
                .isEqualTo("whether wave 1 is healthy is not known: Device.DeviceInfo.MemoryStatus.Free is known of 2"
                        + " updated and 4 other devices, and it takes 3 of each");
        order(bed.bob(), unknown, "stop");
        assertThat(refused(bed.bob(), unknown, "stop")).contains("has ended");
        order(bed.bob(), unknown, "rollback");
        bed.stands(unknown, "rolled-back");
    }
}
