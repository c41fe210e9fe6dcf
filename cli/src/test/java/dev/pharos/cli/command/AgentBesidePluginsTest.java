// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.ManagingController;
import dev.pharos.testkit.ubus.UbusDaemon;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole agent where plug-ins of prplOS have what the host has too.
class AgentBesidePluginsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    /// Supports and has one parameter of one object.
    private static UbusObject plugin(String root, String object, String parameter, String value) {
        UbusTable supported = UbusTable.EMPTY
                .with("is_multi_instance", false)
                .with(
                        "supported_params",
                        new UbusValue.Array(List.of(UbusTable.EMPTY
                                .with("param_name", parameter)
                                .with("type", 1)
                                .with("access", 0))));
        UbusTable none = UbusTable.EMPTY.with("is_multi_instance", false);
        UbusTable all = UbusTable.EMPTY.with(root + ".", none).with(object, supported);
        UbusTable now = UbusTable.EMPTY.with(object, UbusTable.EMPTY.with(parameter, value));
        UbusTable end = UbusTable.EMPTY.with("amxd-error-code", 0);
        return new UbusObject(
                root,
                Map.of(
                        "_get_supported", UbusMethod.of(call -> List.of(all, UbusTable.EMPTY, end)),
                        "_get", UbusMethod.of(call -> List.of(now, UbusTable.EMPTY, end))));
    }

    private AgentDevice.Running agent(UbusDaemon bus, SharedTimer timer) {
        return AgentDevice.PRPLOS.make(new AgentDevice.Plan(
                DemoGateway.ID,
                List.of(new ManagingController(
                        EndpointId.of("self::nobody-there"),
                        ControllerAddress.parse("ws://127.0.0.1:9/usp", Access.NONE),
                        ControllerRole.FULL)),
                folder.resolve("agent"),
                new AgentDevice.Extras(
                        Optional.empty(),
                        AgentSurroundings.NONE,
                        Optional.empty(),
                        new AgentDevice.Gateway(
                                UciFolders.beneath(folder), UbusConfig.at(bus.socket()), Mapping.ofOpenWrt()),
                        Access.NONE,
                        AgentDevice.HostParts.NONE),
                UnaryOperator.identity(),
                AgentRuntime.with(timer)));
    }

    @Test
    void what_plug_ins_have_is_theirs_what_they_have_not_is_the_host_s_and_the_agent_is_its_own() throws Exception {
        try (SharedTimer timer = new SharedTimer();
                UbusDaemon bus = UbusDaemon.at(folder.toAbsolutePath().resolve("ubus.sock"));
                UbusClient system = UbusClient.open(UbusConfig.at(bus.socket()))) {
            system.serve(plugin("DeviceInfo", "DeviceInfo.", "HostName", "of the plug-in"));
            system.serve(plugin("IP", "IP.", "ULAPrefix", "fd00::/48"));
            system.serve(plugin("LocalAgent", "LocalAgent.", "EndpointID", "not the agent's"));
            assertThat(system.awaitConnected(PATIENCE)).isTrue();
            AgentDevice.Running agent = agent(bus, timer);
            agent.start().run();
            try {
                await().atMost(PATIENCE)
                        .until(() -> system.lookup("usp", PATIENCE).size() == 1);
                await().atMost(PATIENCE)
                        .until(() -> get(system, "Device.DeviceInfo.HostName")
                                .text("data")
                                .equals(Optional.of("of the plug-in")));
                assertThat(get(system, "Device.LocalAgent.EndpointID").text("data"))
                        .contains(DemoGateway.ID.toString());
                assertThat(get(system, "Device.IP.InterfaceNumberOfEntries").number("fault"))
                        .isPresent();
                assertThat(get(system, "Device.Ethernet.InterfaceNumberOfEntries")
                                .text("data"))
                        .isPresent();
                assertThat(get(system, "Device.RootDataModelVersion").text("data"))
                        .isPresent();
            } finally {
                agent.stop().run();
            }
        }
    }

    private static UbusTable get(UbusClient system, String path) throws Exception {
        return (UbusTable) system.invoke("usp", "get", UbusTable.EMPTY.with("path", path), PATIENCE)
                .getFirst()
                .array("results")
                .getFirst();
    }
}
