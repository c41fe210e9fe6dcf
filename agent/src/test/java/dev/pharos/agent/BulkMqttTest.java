// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.ControllerMtp.Server;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.BulkProfiles;
import dev.pharos.agent.fixture.DialledWay;
import dev.pharos.agent.fixture.HomeDevice;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.ManualTimer;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.mtp.Publication;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.SetRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Reports that go over the session at a broker by which a controller is reached.
class BulkMqttTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);

    private final ManualClock clock = ManualClock.standing();
    private final ManualTimer timer = new ManualTimer(clock);
    private final BlockingQueue<DialledWay> dialled = new LinkedBlockingQueue<>();
    private final UspAgent agent = agent();

    private UspAgent agent() {
        AgentConfig config = Stage.config(List.of(ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL)
                .withMtps(List.of(new ControllerMtp.Mqtt(
                        new Server("mqtt.example", 8883, true, ""), "usp/controller", "usp/agent")))));
        return new UspAgent(
                        config,
                        List.of(new HomeDevice()),
                        List.of(),
                        new AgentRuntime(clock, timer, RandomGenerator.of("L64X128MixRandom")))
                .dialling((own, controller, route) -> {
                    DialledWay way = new DialledWay(controller, route);
                    dialled.add(way);
                    return way;
                });
    }

    private DialledWay way() throws IOException, InterruptedException {
        agent.start();
        DialledWay way = dialled.poll(60, TimeUnit.SECONDS);
        if (way == null) {
            throw new AssertionError("nothing dialled");
        }
        return way;
    }

    @AfterEach
    void close() {
        agent.close();
    }

    private static String publishing(BulkProfiles profiles, Map<String, String> mqtt) {
        String profile = profiles.make("MQTT", "JSON", "60");
        profiles.set(profile, Map.of("NumberOfRetainedFailedReports", "2"));
        profiles.set(profile + "JSONEncoding.", Map.of("ReportTimestamp", "None", "ReportFormat", "NameValuePair"));
        profiles.set(profile + "MQTT.", mqtt);
        profiles.include(profile, "n", "Device.Home.Name");
        profiles.start(profile);
        return profile;
    }

    @Test
    @Requirement("R-BULK.8a")
    void a_report_is_published_with_its_media_type_and_character_set() throws Exception {
        DialledWay way = way();
        BulkProfiles profiles = new BulkProfiles(way.connects()).enabled();
        String profile = publishing(
                profiles,
                Map.of(
                        "Reference", "Device.MQTT.Client.1",
                        "PublishTopic", "/bulkdata",
                        "PublishQoS", "2",
                        "PublishRetain", "true"));

        timer.advance(INTERVAL);
        profiles.set(profile + "CSVEncoding.", Map.of("RowTimestamp", "None"));
        profiles.set(profile, Map.of("EncodingType", "CSV"));
        timer.advance(INTERVAL);

        assertThat(way.published())
                .containsExactly(
                        new Publication(
                                "/bulkdata",
                                Bytes.ofUtf8("{\"Report\":[{\"n\":\"home\"}]}"),
                                "application/json; charset=UTF-8",
                                2,
                                true),
                        new Publication(
                                "/bulkdata",
                                Bytes.ofUtf8("n\r\nhome\r\n"),
                                "text/csv; charset=UTF-8; header=present",
                                2,
                                true));
    }

    @Test
    void what_the_broker_does_not_take_goes_with_the_next_report() throws Exception {
        DialledWay way = way();
        BulkProfiles profiles = new BulkProfiles(way.connects()).enabled();
        String _ = publishing(profiles, Map.of("Reference", "Device.MQTT.Client.1", "PublishTopic", "b"));
        way.takes(false);
        timer.advance(INTERVAL);
        assertThat(status()).isEqualTo("Error");
        way.takes(true);

        timer.advance(INTERVAL);

        assertThat(way.published()).hasSize(1);
        assertThat(way.published().getFirst().payload())
                .isEqualTo(Bytes.ofUtf8("{\"Report\":[{\"n\":\"home\"},{\"n\":\"home\"}]}"));
        assertThat(status()).isEqualTo("Enabled");
    }

    private String status() {
        return agent.model().snapshot().value("Device.BulkData.Status").orElse("");
    }

    @Test
    void a_profile_without_a_client_or_topic_and_a_topic_with_wildcards_are_refused() throws Exception {
        LockstepController controller = way().connects();
        BulkProfiles profiles = new BulkProfiles(controller).enabled();
        String profile = profiles.make("MQTT", "JSON", "60");
        for (Map.Entry<String, Map<String, String>> wrong : Map.of(
                        profile, Map.of("Enable", "true"), profile + "MQTT.", Map.of("PublishTopic", "a/#"))
                .entrySet()) {
            assertThat(controller
                            .askInVain(new SetRequest(
                                    false,
                                    List.of(new SetRequest.UpdateObject(
                                            wrong.getKey(), Stage.settings(wrong.getValue())))))
                            .fault()
                            .errCode())
                    .isEqualTo(StandardErrorCode.INVALID_VALUE);
        }
        assertThat(agent.model().snapshot().value("Device.BulkData.Protocols")).contains("HTTP,MQTT,USPEventNotif");
    }

    @Test
    void an_agent_whose_program_makes_the_connections_has_no_mqtt() {
        try (Stage stage = Stage.open()) {
            assertThat(stage.value("Device.BulkData.Protocols")).isEqualTo("HTTP,USPEventNotif");
            BulkProfiles profiles = new BulkProfiles(stage.controller());
            String profile = profiles.make("HTTP", "JSON", "60");
            assertThat(stage.controller()
                            .askInVain(new SetRequest(
                                    false,
                                    List.of(new SetRequest.UpdateObject(
                                            profile, Stage.settings(Map.of("Protocol", "MQTT"))))))
                            .fault()
                            .errCode())
                    .isEqualTo(StandardErrorCode.INVALID_VALUE);
        }
    }
}
