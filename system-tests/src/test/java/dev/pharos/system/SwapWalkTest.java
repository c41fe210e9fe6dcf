// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cli.cpe.AcsAddress;
import dev.pharos.cli.cpe.CpeProgram;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway of USP that gives its place to one of TR-069, which gives it back: `pharos swap`, with all ends in
/// processes
/// of their own or over real connections.
class SwapWalkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String PORT =
            "{\"createObjects\":[{\"objPath\":\"Device.NAT.PortMapping.\",\"paramSettings\":["
                    + "{\"param\":\"ExternalPort\",\"value\":\"8080\",\"required\":true},"
                    + "{\"param\":\"InternalPort\",\"value\":\"80\",\"required\":true},"
                    + "{\"param\":\"Protocol\",\"value\":\"TCP\",\"required\":true},"
                    + "{\"param\":\"InternalClient\",\"value\":\"192.168.1.7\",\"required\":true}]}]}";

    private static String onboarded(RestApi rest, String query) throws Exception {
        await(query)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    JsonNode found = rest.get("/devices?q=" + query).path("items");
                    return found.size() == 1
                            && known(rest, found.path(0).path("id").asString());
                });
        return rest.get("/devices?q=" + query).at("/items/0/id").asString();
    }

    private static boolean known(RestApi rest, String id) throws Exception {
        return rest.get(RestApi.device(id) + "/twin?path=Device.DHCPv4.Server.")
                .toString()
                .contains("MinAddress");
    }

    @Test
    void a_gateway_of_usp_gives_its_place_to_one_of_tr069_which_gives_it_back(@TempDir Path folder) throws Exception {
        try (RunningServer server = RunningServer.withFreePorts(folder.resolve("server"));
                SharedTimer timer = new SharedTimer();
                RunningGateway agent = SimulatedAgent.of("SWAPWALK", 5)
                        .withData(folder.resolve("agent"))
                        .at(
                                ControllerAddress.parse(server.address("ws"), Access.NONE),
                                ControllerSettings.DEFAULT_ID,
                                ControllerRole.FULL,
                                UnaryOperator.identity(),
                                AgentRuntime.with(timer));
                CpeProgram program = new CpeProgram(
                        AcsAddress.parse(server.address("cwmp"), "", "", false),
                        Files.createDirectories(folder.resolve("cpe")),
                        CpeProgram.Trust.ofTheRuntime(),
                        AgentRuntime.with(timer),
                        true,
                        _ -> {});
                RunningGateway cpe = SimulatedAgent.of("CPEWALK", 6)
                        .withData(folder.resolve("cpe"))
                        .within(AgentSurroundings.NONE
                                .secured(EndToEnd.LABORATORY)
                                .backedBy(program::elements)
                                .telling(program::started))
                        .dialling(List.of(), Access.NONE, UnaryOperator.identity(), AgentRuntime.with(timer))) {
            program.callable(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            agent.start();
            cpe.start();
            RestApi rest = server.rest();
            String usp = onboarded(rest, "SWAPWALK");
            String cwmp = onboarded(rest, "CPEWALK");
            await("our login for calls")
                    .atMost(PATIENCE)
                    .until(() -> rest.value(cwmp, "Device.ManagementServer.ConnectionRequestUsername")
                            .startsWith("pharos-"));
            rest.set(usp, SSID, "Lindgren");
            rest.post(RestApi.device(usp) + "/usp/add", PORT);
            Path key = Files.writeString(folder.resolve("key"), "correct horse 9\n");

            RunningServer.Answer plan = server.pharos("swap", usp, cwmp, "--plan");
            assertThat(plan.status()).as(plan.toString()).isZero();
            assertThat(String.join("\n", plan.out()))
                    .contains("TR-069", "USP over websocket", "Wi-Fi 2.4 GHz: name", "Lindgren", "will be set");

            RunningServer.Answer there = server.pharos("swap", usp, cwmp, "--yes", "--wifi-key-file", key.toString());
            assertThat(there.status()).as(there.toString()).isZero();
            assertThat(String.join("\n", there.out()))
                    .contains("✓", "Wi-Fi 2.4 GHz: name = Lindgren", "Port mapping TCP 8080", "read back")
                    .doesNotContain("correct horse");
            assertThat(rest.get(RestApi.device(cwmp) + "/twin?path=Device.").toString())
                    .contains("Lindgren", "8080", "192.168.1.7")
                    .doesNotContain("correct horse");
            assertThat(rest.get(RestApi.device(usp)).path("tags").toString()).contains("retired");

            // the other way: what the first gateway has lost comes back from the second
            rest.set(usp, SSID, "Fresh");
            RunningServer.Answer back = server.pharos("swap", cwmp, usp, "--yes", "--json");
            assertThat(back.status()).as(back.toString()).isZero();
            assertThat(rest.value(usp, SSID)).isEqualTo("Lindgren");
            JsonNode job = new JsonMapper().readTree(String.join("\n", back.out()));
            RunningServer.Answer undone =
                    server.pharos("swap", usp, "--undo", job.path("job").toString(), "--yes");
            assertThat(undone.status()).as(undone.toString()).isZero();
            assertThat(rest.value(usp, SSID)).isEqualTo("Fresh");
            assertThat(server.pharos("swap", usp, "os::nobody", "--yes").status())
                    .isEqualTo(1);
        }
    }
}
