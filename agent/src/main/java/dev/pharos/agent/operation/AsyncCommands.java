// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Requester;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.localagent.EndedCommand;
import dev.pharos.agent.localagent.RequestElement;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.Notification.OperationComplete;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The asynchronous commands under way, each with a row of `Device.LocalAgent.Request.` and a virtual thread
/// (R-OPR.0 to R-OPR.3).
public final class AsyncCommands implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncCommands.class);

    private final CommandRunner runner;
    private final RequestElement requests;
    private final RequestJournal journal;
    private final Clock clock;
    private final Consumer<EndedCommand> ended;
    private final Set<String> lost = new HashSet<>(1);
    private final Map<String, Thread> running = new HashMap<>(1);
    private int places = Limits.ASYNCHRONOUS_COMMANDS;
    private boolean closed;

    /// @param runner carries a command out on the calling thread
    /// @param ended is told of each command's end, after its row is gone
    public AsyncCommands(
            CommandRunner runner,
            RequestElement requests,
            RequestJournal journal,
            Clock clock,
            Consumer<EndedCommand> ended) {
        this.runner = runner;
        this.requests = requests;
        this.journal = journal;
        this.clock = clock;
        this.ended = ended;
        requests.cancelWith(this::cancel);
    }

    /// Starts a command.
    ///
    /// @return the path of its row
    /// @throws UspException 7005 where too many are under way, 7025 where the same one is
    String start(Requester requester, String command, String commandKey, Map<String, String> inputs) {
        return start(
                requester,
                RequestJournal.Kept.of(requester.endpointId(), command, commandKey, clock.instant(), inputs),
                inputs);
    }

    private String start(Requester requester, RequestJournal.Kept request, Map<String, String> inputs) {
        synchronized (this) {
            if (closed || places == 0) {
                throw new UspException(
                        StandardErrorCode.RESOURCES_EXCEEDED,
                        Limits.ASYNCHRONOUS_COMMANDS + " asynchronous commands are under way");
            }
            places--;
        }
        String row;
        try {
            row = requests.add(requester.endpointId(), request.command(), request.commandKey());
            keep(row, request);
        } catch (UspException refused) {
            release();
            throw refused;
        }
        Thread thread = Thread.ofVirtual().unstarted(() -> run(row, requester, request, inputs));
        synchronized (this) {
            running.put(row, thread);
        }
        thread.start();
        return row;
    }

    /// A command that must outlive a restart is not begun where that cannot be promised.
    private void keep(String row, RequestJournal.Kept request) {
        try {
            journal.add(row, request);
        } catch (IOException failed) {
            if (request.outlivesRestarts()) {
                requests.remove(row);
                throw new UspException(
                        StandardErrorCode.INTERNAL_ERROR, "the command cannot be kept: " + failed.getMessage());
            }
            LOG.warn("a restart would not be told to who started {}: {}", request.command(), failed.getMessage());
        }
    }

    /// Goes on with what outlived the restart of the device, and reports the end of what did not.
    ///
    /// @param requesters the controllers that there are now
    public void resume(Function<EndpointId, Optional<Requester>> requesters) throws IOException {
        List<RequestJournal.Kept> left = journal.load();
        for (RequestJournal.Kept kept : left) {
            if (!kept.outlivesRestarts()) {
                complete(kept, Map.of(), restarted());
            }
        }
        for (RequestJournal.Kept kept : left) {
            Optional<Requester> requester = requesters.apply(kept.originator());
            if (kept.outlivesRestarts() && requester.isPresent()) {
                goOn(requester.get(), kept);
            }
        }
        if (!left.isEmpty()) {
            journal.write();
        }
    }

    private void goOn(Requester requester, RequestJournal.Kept kept) {
        try {
            String _ = start(requester, kept, kept.inputs(clock.instant()));
        } catch (UspException refused) {
            complete(kept, Map.of(), new Notification.CommandFailure(refused.fault()));
        }
    }

    /// The device restarted while this process goes on: ends what does not outlive that.
    public synchronized void deviceRestarted() {
        running.forEach((row, thread) -> {
            if (!journal.outlivesRestarts(row)) {
                lost.add(row);
                thread.interrupt();
            }
        });
    }

    private static Notification.CommandFailure restarted() {
        return failure(StandardErrorCode.COMMAND_FAILURE, "the device restarted meanwhile");
    }

    private void run(String row, Requester requester, RequestJournal.Kept request, Map<String, String> inputs) {
        String command = request.command();
        Notification.OperationResult result;
        try {
            requests.status(row, RequestElement.Status.ACTIVE);
            Map<String, String> outputs =
                    requester.command(request.commandKey(), () -> runner.operate(command, inputs));
            result = new Notification.OutputArgs(outputs);
        } catch (InterruptedException cancelled) {
            if (isClosed()) {
                // Neither done nor cancelled: the next process tells what became of it.
                return;
            }
            result = isLost(row) ? restarted() : failure(StandardErrorCode.COMMAND_CANCELLED, "cancelled");
        } catch (UspException refused) {
            result = new Notification.CommandFailure(refused.fault());
        } catch (RuntimeException defect) {
            LOG.error("a defect of ours in {}", command, defect);
            result = failure(StandardErrorCode.INTERNAL_ERROR, "a defect of the agent");
        }
        synchronized (this) {
            running.remove(row);
            lost.remove(row);
        }
        // Cancelled at the last moment: the interrupt must not reach what follows.
        boolean _ = Thread.interrupted();
        finish(row, request, inputs, result);
    }

    private void finish(
            String row, RequestJournal.Kept request, Map<String, String> inputs, Notification.OperationResult result) {
        String command = request.command();
        try {
            requests.remove(row);
            complete(request, inputs, result);
            journal.remove(row);
        } catch (IOException failed) {
            LOG.warn("the end of {} cannot be kept, a restart will report it as failed", command, failed);
        } catch (RuntimeException defect) {
            LOG.error("a defect of ours at the end of {}", command, defect);
        } finally {
            release();
        }
    }

    private void complete(
            RequestJournal.Kept request, Map<String, String> inputs, Notification.OperationResult result) {
        String command = request.command();
        int name = command.lastIndexOf('.') + 1;
        ended.accept(new EndedCommand(
                request.originator(),
                request.started(),
                inputs,
                new OperationComplete(
                        command.substring(0, name), command.substring(name), request.commandKey(), result)));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean isLost(String row) {
        return lost.contains(row);
    }

    private static Notification.CommandFailure failure(StandardErrorCode code, String detail) {
        return new Notification.CommandFailure(new Fault(code, detail));
    }

    private synchronized void release() {
        places++;
    }

    private synchronized boolean cancel(String row) {
        Thread thread = running.get(row);
        if (thread != null) {
            thread.interrupt();
        }
        return thread != null;
    }

    /// Interrupts all of them; what they were doing counts as failed, which the next process tells.
    @Override
    public synchronized void close() {
        closed = true;
        running.values().forEach(Thread::interrupt);
    }
}
