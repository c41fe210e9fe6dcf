// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.discovery.Limits;
import dev.pharos.mtp.discovery.choice.DiscoveredController;
import dev.pharos.mtp.discovery.choice.Discovery;
import dev.pharos.mtp.discovery.choice.DiscoveryOutcome;
import dev.pharos.mtp.discovery.dhcp.Lease;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An agent whose controller is looked for: until one is found, and again when a DHCP lease says something
/// else than before. Where that comes to another controller, the agent goes on with it.
final class DiscoveredAgent {
    private final Discovery discovery;
    private final Maker maker;
    private final PrintWriter out;
    private final PrintWriter err;
    private final AtomicReference<AgentDevice.@Nullable Running> running = new AtomicReference<>();
    private List<String> said = List.of();

    /// Makes an agent for a controller that was found.
    interface Maker {
        /// @throws IllegalArgumentException where the address that was found cannot be used
        AgentDevice.Running make(DiscoveredController controller);
    }

    DiscoveredAgent(Discovery discovery, Maker maker, PrintWriter out, PrintWriter err) {
        this.discovery = discovery;
        this.maker = maker;
        this.out = out;
        this.err = err;
    }

    /// Runs until the process is asked to end.
    int run() throws InterruptedException {
        Stop stop = Stop.onSignal(this::leave);
        int attempt = 0;
        while (!stop.isAsked()) {
            List<String> leases = leases();
            Optional<DiscoveredController> chosen = look();
            Optional<AgentDevice.Running> agent = chosen.flatMap(this::made);
            if (chosen.isEmpty() || agent.isEmpty()) {
                attempt++;
                awaitRetry(RetryBackoff.DEFAULT.waitBefore(attempt, ThreadLocalRandom.current()), leases, stop);
            } else {
                attempt = 0;
                if (!stayWith(chosen.get(), agent.get(), leases, stop)) {
                    return ExitStatus.DENIED;
                }
            }
        }
        stop.await();
        return 0;
    }

    /// Waits so long, or until a lease says something else.
    private void awaitRetry(Duration wait, List<String> leases, Stop stop) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        while (!stop.isAsked() && until - System.nanoTime() > 0 && leases().equals(leases)) {
            stop.await(Math.min(Limits.LEASE_POLL.toMillis(), wait.toMillis()));
        }
    }

    private Optional<DiscoveredController> look() {
        DiscoveryOutcome outcome = discovery.first();
        if (outcome.chosen().isEmpty()) {
            sayOnce(outcome.reports().stream()
                    .flatMap(report -> report.notes().stream())
                    .toList());
        }
        return outcome.chosen();
    }

    private void sayOnce(List<String> notes) {
        if (!notes.equals(said)) {
            err.println("no controller found (looking on):");
            notes.forEach(note -> err.println("  - " + Terminal.safe(note)));
            err.flush();
            said = notes;
        }
    }

    /// Whoever answers a search can name an address that no transport takes.
    private Optional<AgentDevice.Running> made(DiscoveredController controller) {
        try {
            return Optional.of(maker.make(controller));
        } catch (IllegalArgumentException unusable) {
            sayOnce(List.of(controller.origin() + ": " + unusable.getMessage()));
            return Optional.empty();
        }
    }

    /// @return whether the agent could be started
    private boolean stayWith(DiscoveredController controller, AgentDevice.Running agent, List<String> leases, Stop stop)
            throws InterruptedException {
        try {
            running.set(agent);
            agent.start().run();
        } catch (IOException failed) {
            err.println("pharos: the agent cannot start: " + failed.getMessage());
            return false;
        }
        out.println(
                Terminal.safe("agent with the controller found by " + controller.origin() + ": " + controller.uri()));
        out.flush();
        List<String> known = leases;
        boolean same = true;
        while (same && !stop.isAsked()) {
            stop.await(Limits.LEASE_POLL.toMillis());
            List<String> now = leases();
            if (!now.equals(known)) {
                known = now;
                // where nothing is found any more, what works is kept
                same = look().map(controller::isSameAs).orElse(true);
            }
        }
        leave();
        return true;
    }

    private void leave() {
        AgentDevice.Running agent = running.getAndSet(null);
        if (agent != null) {
            agent.stop().run();
        }
    }

    /// What leases say and whether they hold, to be compared.
    private List<String> leases() {
        Instant now = Instant.now();
        return discovery.leases().get().leases().stream()
                .filter(lease -> lease.isValid(now))
                .map(DiscoveredAgent::content)
                .sorted()
                .toList();
    }

    private static String content(Lease lease) {
        StringBuilder content =
                new StringBuilder(lease.interfaceName()).append(lease.options().version());
        lease.options()
                .values()
                .forEach((code, values) -> values.forEach(
                        value -> content.append(' ').append(code).append(' ').append(value.toHex())));
        return content.toString();
    }
}
