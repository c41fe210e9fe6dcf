// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The requests on one connection that wait for their answers, by the number that an answer repeats.
/// Thread-safe, and never waits.
final class UbusRequests {
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private int next;
    private @Nullable String ended;

    /// One request.
    static final class Waiting {
        final int sequence;
        final CompletableFuture<UbusAnswer> answer = new CompletableFuture<>();
        private final List<UbusMessage> data = new ArrayList<>();
        private long bytes;

        private Waiting(int sequence) {
            this.sequence = sequence;
        }
    }

    /// @throws IOException where too many wait already, or the connection has ended
    synchronized Waiting begin() throws IOException {
        if (ended != null) {
            throw new IOException(ended);
        }
        if (waiting.size() >= Limits.OUTSTANDING) {
            throw new IOException("more than " + Limits.OUTSTANDING + " requests wait for answers on ubus");
        }
        do {
            next = next + 1 & 0xffff;
        } while (waiting.containsKey(next));
        Waiting request = new Waiting(next);
        waiting.put(next, request);
        return request;
    }

    /// Takes in a part of an answer. One that nobody waits for, such as one that comes too late, is dropped.
    synchronized void take(UbusMessage message) {
        Waiting request = waiting.get(message.sequence());
        if (request == null) {
            return;
        }
        if (message.type() == UbusMessageType.STATUS) {
            waiting.remove(message.sequence());
            request.answer.complete(new UbusAnswer(request.data, message));
            return;
        }
        request.data.add(message);
        request.bytes += message.attributes().size();
        if (request.data.size() > Limits.ANSWER_MESSAGES || request.bytes > Limits.ANSWER_BYTES) {
            waiting.remove(message.sequence());
            request.answer.completeExceptionally(new IOException("an answer on ubus that does not end"));
        }
    }

    synchronized void forget(Waiting request) {
        waiting.remove(request.sequence, request);
    }

    /// Fails all that wait, and all that come later.
    synchronized void end(String why) {
        if (ended == null) {
            ended = why;
            waiting.values().forEach(request -> request.answer.completeExceptionally(new IOException(why)));
            waiting.clear();
        }
    }
}
