// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cli.cpe.AcsAddress;
import dev.pharos.cli.cpe.CpeProgram;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// A gateway that is managed over TR-069: its USP agent has no controller yet, until an ACS writes one.
final class DemoCwmpGateway implements AutoCloseable {
    static final EndpointId ID = EndpointId.of("os::0200F0-DEMOCWMP");

    private static final String SERIAL = "DEMOCWMP";
    private static final int SEED = 4;
    private static final int CLIENTS = 8;
    private static final Duration PACE = Duration.ofSeconds(15);

    private final CpeProgram program;
    private final RunningGateway gateway;

    private DemoCwmpGateway(CpeProgram program, RunningGateway gateway) {
        this.program = program;
        this.gateway = gateway;
    }

    /// @param acs where its ACS is, on this host
    /// @param err where it is said how the contact is
    static DemoCwmpGateway start(Path folder, String acs, SharedTimer timer, PrintWriter err) throws IOException {
        Files.createDirectories(folder);
        AgentRuntime runtime = AgentRuntime.with(timer);
        CpeProgram program = new CpeProgram(
                AcsAddress.parse(acs, "", "", false), folder, CpeProgram.Trust.ofTheRuntime(), runtime, true, line -> {
                    err.println(ID + ": " + line);
                    err.flush();
                });
        program.callable(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        RunningGateway gateway = SimulatedAgent.of(SERIAL, SEED)
                .withPace(PACE)
                .withClients(CLIENTS)
                .withData(folder)
                .within(AgentSurroundings.NONE
                        .secured(EndToEnd.LABORATORY)
                        .backedBy(program::elements)
                        .telling(program::started))
                .dialling(List.of(), Access.NONE, UnaryOperator.identity(), runtime);
        gateway.start();
        return new DemoCwmpGateway(program, gateway);
    }

    @Override
    public void close() {
        program.close();
        gateway.close();
    }
}
