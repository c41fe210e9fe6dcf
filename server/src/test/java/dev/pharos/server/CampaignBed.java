// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.modules.ModulesConfig;
import dev.pharos.device.modules.SoftwareModules;
import dev.pharos.device.modules.container.OciRuntime;
import dev.pharos.device.modules.process.RunAs;
import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// A server with two engineers and real gateways that fetch images, restart, and run them.
final class CampaignBed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<UpgradableGateway> gateways = new ArrayList<>();
    private final TestServer server;
    private final Rest ann;
    private final Rest bob;

    /// @param names whose gateways there are, each `perName` times; part of their ids
    CampaignBed(Path folder, int perName, String... names) throws IOException, InterruptedException, StartException {
        this(folder, false, perName, names);
    }

    /// @param modules whether management may install software on them
    CampaignBed(Path folder, boolean modules, int perName, String... names)
            throws IOException, InterruptedException, StartException {
        server = TestServer.in(folder.resolve("server"));
        ann = person("ann");
        bob = person("bob");
        for (String name : names) {
            for (int i = 1; i <= perName; i++) {
                EndpointId id = EndpointId.of("os::0200F0-" + name + i);
                Optional<SoftwareModules> software = modules
                        ? Optional.of(SoftwareModules.open(ModulesConfig.of(
                                        folder.resolve("modules-" + name + i), RunAs.self(), ServerTrust.OF_THE_RUNTIME)
                                .containersBy(OciRuntime.NONE)))
                        : Optional.empty();
                gateways.add(new UpgradableGateway(id, server.ws(), folder.resolve(name + i), software));
            }
        }
        for (UpgradableGateway gateway : gateways) {
            String device = "/api/v1/devices/" + Rest.segment(gateway.id());
            await().atMost(PATIENCE)
                    .until(() -> ann.get(device + "/events").response().body().contains("onboarded"));
        }
    }

    @Override
    public void close() {
        gateways.forEach(UpgradableGateway::close);
        server.close();
    }

    /// Whoever has a token is a person of this name.
    private Rest person(String name) {
        String secret = server.rest()
                .post("/api/v1/tokens", "{\"name\":\"" + name + "\",\"role\":\"engineer\"}")
                .json()
                .get("token")
                .stringValue();
        return server.rest().with("Authorization", "Bearer " + secret);
    }

    Rest ann() {
        return ann;
    }

    Rest bob() {
        return bob;
    }

    String audit() {
        return server.rest().get("/api/v1/audit?limit=100").response().body();
    }

    /// @param query which gateways
    JsonNode made(String query, long image, String fields) {
        return made(query, "\"firmware\":" + image + "," + fields);
    }

    /// @param fields with what is done
    JsonNode made(String query, String fields) {
        Answer answer =
                ann.post("/api/v1/campaigns", "{\"name\":\"spring\",\"query\":\"" + query + "\"," + fields + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    static String path(JsonNode campaign) {
        return "/api/v1/campaigns/" + campaign.get("id").asLong();
    }

    static JsonNode order(Rest who, JsonNode campaign, String what) {
        Answer answer = who.post(path(campaign) + "/" + what, "");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    static String refused(Rest who, JsonNode campaign, String what) {
        Answer answer = who.post(path(campaign) + "/" + what, "");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(409);
        return answer.json().get("detail").stringValue();
    }

    /// The campaign once it is in one of these states.
    JsonNode stands(JsonNode campaign, String... states) {
        await().atMost(PATIENCE)
                .until(() -> List.of(states)
                        .contains(ann.get(path(campaign)).json().get("state").stringValue()));
        return ann.get(path(campaign)).json();
    }

    static List<String> story(JsonNode campaign) {
        return StreamSupport.stream(campaign.get("story").spliterator(), false)
                .map(note -> note.get("text").stringValue())
                .toList();
    }

    List<EndpointId> ids() {
        return gateways.stream().map(UpgradableGateway::id).toList();
    }

    /// How many gateways run this version.
    long running(String version) {
        return gateways.stream()
                .filter(gateway -> gateway.version().equals(version))
                .count();
    }
}
