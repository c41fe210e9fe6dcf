// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cwmp.cpe.Step;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.EvenRate;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/// Many simulated gateways in one process that are managed over TR-069 alone, started at an even rate. Their ACS cannot
/// call them: they come by themselves, when they have something to tell and as often as their `PeriodicInformInterval`
/// says. Run by one thread; the counters may be read by any.
public final class CpeFleet implements AutoCloseable {
    private final Plan plan;
    private final SharedTimer timer = new SharedTimer();
    private final AgentRuntime runtime = AgentRuntime.with(timer);
    private final List<Device> devices = new CopyOnWriteArrayList<>();
    private final AtomicInteger inContact = new AtomicInteger();
    private final LongAdder sessions = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private volatile String lastLoss = "";
    private volatile boolean closed;

    /// Which fleet to run.
    ///
    /// @param devices 1 to 20000
    /// @param ratePerSecond how many are started a second, more than 0
    /// @param serialPrefix begins each serial number, so that several fleets can meet one ACS
    /// @param pace how often something happens in each home; zero for homes that stand still
    /// @param clients devices in each home
    /// @param data where each keeps what it remembers, in a folder of its own
    public record Plan(
            int devices,
            AcsAddress acs,
            CpeProgram.Trust trust,
            double ratePerSecond,
            String serialPrefix,
            Duration pace,
            int clients,
            Path data) {
        public Plan {
            if (devices < 1 || devices > Limits.FLEET) {
                throw new IllegalArgumentException(
                        "devices of TR-069 in one process must be 1 to " + Limits.FLEET + ": " + devices);
            }
            if (!(ratePerSecond > 0) || ratePerSecond > Limits.FLEET_RATE) {
                throw new IllegalArgumentException(
                        "rate must be more than 0 and at most " + Limits.FLEET_RATE + " a second: " + ratePerSecond);
            }
            if (!serialPrefix.matches("[A-Za-z0-9_.]{1,20}")) {
                throw new IllegalArgumentException(
                        "serial prefix must be 1 to 20 letters, digits, _ or .: " + serialPrefix);
            }
        }

        public Plan keptIn(Path folder) {
            return new Plan(devices, acs, trust, ratePerSecond, serialPrefix, pace, clients, folder);
        }
    }

    /// What the fleet has done so far.
    ///
    /// @param inContact devices whose last session the ACS took
    /// @param sessions that ended when both ends had said all
    /// @param lost sessions that ended otherwise, or could not be opened
    /// @param lastLoss why the last of those ended; empty where none did
    public record Counts(int started, int inContact, long sessions, long lost, String lastLoss) {}

    private record Device(CpeProgram program, RunningGateway gateway) {}

    public CpeFleet(Plan plan) {
        this.plan = plan;
    }

    public Counts counts() {
        return new Counts(devices.size(), inContact.get(), sessions.sum(), lost.sum(), lastLoss);
    }

    /// Starts every device, and returns when the last one was started or the fleet was closed.
    public void run() throws IOException {
        new EvenRate(plan.ratePerSecond()).run(plan.devices(), () -> closed, this::add);
    }

    /// One after the other, and none once it is closed, when what they run on is gone.
    private synchronized void add(int number) throws IOException {
        if (!closed) {
            devices.add(start(number));
        }
    }

    private Device start(int number) throws IOException {
        String serial = String.format(Locale.ROOT, "%s%06d", plan.serialPrefix(), number);
        Path folder = plan.data().resolve(serial);
        Files.createDirectories(folder);
        CpeProgram program = new CpeProgram(plan.acs(), folder, plan.trust(), runtime, true, new Counting());
        RunningGateway gateway = SimulatedAgent.of(serial, number)
                .withPace(plan.pace())
                .withClients(plan.clients())
                .withData(folder)
                .within(AgentSurroundings.NONE
                        .secured(EndToEnd.LABORATORY)
                        .backedBy(program::elements)
                        .telling(program::started))
                .dialling(List.of(), Access.NONE, UnaryOperator.identity(), runtime);
        gateway.start();
        return new Device(program, gateway);
    }

    /// Of one device.
    private final class Counting implements CpeProgram.Listener {
        private boolean here;

        @Override
        public void said(String line) {
            // thousands of them say what the counts say
        }

        @Override
        public synchronized void ended(Step.End end) {
            if (end.isWhole()) {
                sessions.increment();
            } else if (!closed) {
                lost.increment();
                lastLoss = end.reason();
            }
            if (here != end.informed()) {
                here = end.informed();
                inContact.addAndGet(here ? 1 : -1);
            }
        }
    }

    /// Stops every device.
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            for (Device device : devices) {
                device.program().close();
                device.gateway().close();
            }
            timer.close();
        }
    }
}
