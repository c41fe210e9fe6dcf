// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Requester;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.localagent.RequestElement;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.Notification.OperationComplete;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The asynchronous commands under way, each with a row of `Device.LocalAgent.Request.` and a virtual thread
/// (R-OPR.0 to R-OPR.3).
public final class AsyncCommands implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncCommands.class);

    private final CommandRunner runner;
    private final RequestElement requests;
    private final Consumer<OperationComplete> completed;
    private final Map<String, Thread> running = new HashMap<>(1);
    private int places = Limits.ASYNCHRONOUS_COMMANDS;
    private boolean closed;

    /// @param runner carries a command out on the calling thread
    /// @param completed is told of each command's end, after its row is gone
    public AsyncCommands(CommandRunner runner, RequestElement requests, Consumer<OperationComplete> completed) {
        this.runner = runner;
        this.requests = requests;
        this.completed = completed;
        requests.cancelWith(this::cancel);
    }

    /// Starts a command.
    ///
    /// @return the path of its row
    /// @throws UspException 7005 where too many are under way, 7025 where the same one is
    String start(Requester requester, String command, String commandKey, Map<String, String> inputs) {
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
            row = requests.add(requester.endpointId(), command, commandKey);
        } catch (UspException refused) {
            release();
            throw refused;
        }
        Thread thread = Thread.ofVirtual().unstarted(() -> run(row, requester, command, commandKey, inputs));
        synchronized (this) {
            running.put(row, thread);
        }
        thread.start();
        return row;
    }

    private void run(String row, Requester requester, String command, String commandKey, Map<String, String> inputs) {
        Notification.OperationResult result;
        try {
            requests.status(row, RequestElement.Status.ACTIVE);
            Map<String, String> outputs = requester.command(commandKey, () -> runner.operate(command, inputs));
            result = new Notification.OutputArgs(outputs);
        } catch (InterruptedException cancelled) {
            result = failure(StandardErrorCode.COMMAND_CANCELLED, "cancelled");
        } catch (UspException refused) {
            result = new Notification.CommandFailure(refused.fault());
        } catch (RuntimeException defect) {
            LOG.error("a defect of ours in {}", command, defect);
            result = failure(StandardErrorCode.INTERNAL_ERROR, "a defect of the agent");
        }
        synchronized (this) {
            running.remove(row);
        }
        // Cancelled at the last moment: the interrupt must not reach what follows.
        boolean _ = Thread.interrupted();
        finish(row, command, commandKey, result);
    }

    private void finish(String row, String command, String commandKey, Notification.OperationResult result) {
        try {
            requests.remove(row);
            int name = command.lastIndexOf('.') + 1;
            completed.accept(
                    new OperationComplete(command.substring(0, name), command.substring(name), commandKey, result));
        } catch (RuntimeException defect) {
            LOG.error("a defect of ours at the end of {}", command, defect);
        } finally {
            release();
        }
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

    /// Interrupts all of them; what they were doing counts as failed.
    @Override
    public synchronized void close() {
        closed = true;
        running.values().forEach(Thread::interrupt);
    }
}
