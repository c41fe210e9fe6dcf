// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// Commands of a Service: starts them there and waits for their end, asynchronous ones until the Service
/// tells of it.
final class RemoteCommands {
    private final ServicePeer peer;
    private final BooleanSupplier endsAreTold;
    private final Map<String, CompletableFuture<Notification.OperationResult>> underway = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /// @param endsAreTold whether the Service has agreed to tell of the end of commands
    RemoteCommands(ServicePeer peer, BooleanSupplier endsAreTold) {
        this.peer = peer;
        this.endsAreTold = endsAreTold;
    }

    /// @param command with instance numbers and `()`
    Map<String, String> run(String command, Map<String, String> inputs) throws InterruptedException {
        String key = "broker-command-" + Long.toString(System.nanoTime(), 36) + "-" + numbers.incrementAndGet();
        CompletableFuture<Notification.OperationResult> end = new CompletableFuture<>();
        underway.put(key, end);
        try {
            OperateResponse response = peer.call(new OperateRequest(command, key, true, inputs));
            List<OperateResponse.OperationResult> results = response.operationResults();
            if (results.size() != 1) {
                throw new UspException(
                        StandardErrorCode.COMMAND_FAILURE,
                        peer.service() + " speaks of " + results.size() + " commands where one was asked for");
            }
            return switch (results.getFirst().outcome()) {
                case OperateResponse.OutputArgs(Map<String, String> outputs) -> outputs;
                case OperateResponse.CommandFailure(var fault) -> throw new UspException(fault);
                case OperateResponse.RequestObject(String request) -> awaitEnd(request, end);
            };
        } finally {
            underway.remove(key);
        }
    }

    private Map<String, String> awaitEnd(String request, CompletableFuture<Notification.OperationResult> end)
            throws InterruptedException {
        if (!endsAreTold.getAsBoolean()) {
            throw new UspException(
                    StandardErrorCode.COMMAND_FAILURE,
                    peer.service() + " does not tell when its commands end; it goes on as " + request);
        }
        try {
            return switch (end.get()) {
                case Notification.OutputArgs(Map<String, String> outputs) -> outputs;
                case Notification.CommandFailure(var fault) -> throw new UspException(fault);
            };
        } catch (InterruptedException cancelled) {
            cancel(request);
            throw cancelled;
        } catch (ExecutionException gone) {
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, peer.service() + " has left");
        }
    }

    private void cancel(String request) {
        String command = request + (request.endsWith(".") ? "" : ".") + "Cancel()";
        try {
            peer.send(
                    new MessageId("broker-cancel-" + numbers.incrementAndGet()),
                    new OperateRequest(command, "", false, Map.of()));
        } catch (IOException gone) {
            // Then the command has ended with the Service.
        }
    }

    /// The Service tells that a command has ended.
    void ended(Notification.OperationComplete complete) {
        CompletableFuture<Notification.OperationResult> waiting = underway.get(complete.commandKey());
        if (waiting != null) {
            waiting.complete(complete.result());
        }
    }

    /// The Service has left.
    void gone() {
        underway.values().forEach(waiting -> waiting.completeExceptionally(new IOException("gone")));
    }
}
