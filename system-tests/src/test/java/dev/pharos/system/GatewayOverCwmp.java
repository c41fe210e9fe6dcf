// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cli.cpe.AcsAddress;
import dev.pharos.cli.cpe.CpeProgram;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/// A simulated gateway in this JVM with an ACS, which can call it, and no controller.
record GatewayOverCwmp(CpeProgram program, RunningGateway agent) implements AutoCloseable {
    /// @param folder where it keeps what it is told
    static GatewayOverCwmp start(String serial, Path folder, String acs, SharedTimer timer) throws IOException {
        AgentRuntime runtime = AgentRuntime.with(timer);
        CpeProgram program = new CpeProgram(
                AcsAddress.parse(acs, "", "", false), folder, CpeProgram.Trust.ofTheRuntime(), runtime, true, _ -> {});
        program.callable(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        RunningGateway agent = SimulatedAgent.of(serial, 1)
                .withData(folder)
                .within(AgentSurroundings.NONE
                        .secured(EndToEnd.LABORATORY)
                        .backedBy(program::elements)
                        .telling(program::started))
                .dialling(List.of(), Access.NONE, UnaryOperator.identity(), runtime);
        agent.start();
        return new GatewayOverCwmp(program, agent);
    }

    @Override
    public void close() {
        program.close();
        agent.close();
    }
}
