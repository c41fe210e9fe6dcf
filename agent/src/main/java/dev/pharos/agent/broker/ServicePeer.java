// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.agent.config.Limits;
import dev.pharos.agent.runtime.PacedQueue;
import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// A connected Service as the broker talks to it: asks and waits for a bounded time, and takes what it sends
/// one after the other.
final class ServicePeer {
    private final MtpConnection connection;
    private final EndpointId own;
    private final EndpointId service;
    private final Duration patience;
    private final PacedQueue<Runnable> mailbox = new PacedQueue<>(
            new PacedQueue.Pace(Limits.WAITING_REQUESTS, Limits.WAITING_REQUEST_BYTES, Limits.WAITING_REQUESTS_HARD),
            Runnable::run);
    private final Map<MessageId, CompletableFuture<Body>> unanswered = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(Limits.UNANSWERED_BY_SERVICE);
    private final AtomicLong numbers = new AtomicLong();
    private volatile long silentUntil = System.nanoTime();

    ServicePeer(MtpConnection connection, EndpointId own, EndpointId service, Duration patience) {
        this.connection = connection;
        this.own = own;
        this.service = service;
        this.patience = patience;
    }

    EndpointId service() {
        return service;
    }

    boolean is(MtpConnection other) {
        return connection.equals(other);
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /// Whether it runs as our own user.
    boolean isOurs() {
        return connection.peer().loopback();
    }

    /// Asks and waits.
    ///
    /// @throws UspException what the Service answers instead, or 7003 where it does not answer in time
    <R extends Response> R call(Request<R> request) {
        if (silentUntil - System.nanoTime() > 0) {
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, service + " has not answered in time lately");
        }
        if (!places.tryAcquire()) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED,
                    service + " has " + Limits.UNANSWERED_BY_SERVICE + " requests to answer");
        }
        MessageId id = new MessageId("broker-" + numbers.incrementAndGet());
        CompletableFuture<Body> answer = new CompletableFuture<>();
        unanswered.put(id, answer);
        try {
            send(id, request);
            return expected(request, answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            silentUntil = System.nanoTime() + Limits.SERVICE_SILENCE.toNanos();
            throw new UspException(
                    StandardErrorCode.INTERNAL_ERROR,
                    service + " has not answered within " + patience.toMillis() + " ms");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, "the agent stops");
        } catch (IOException | ExecutionException gone) {
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, service + " has left");
        } finally {
            unanswered.remove(id);
            places.release();
        }
    }

    private <R extends Response> R expected(Request<R> request, Body body) {
        if (body instanceof UspError(var fault, var parameters)) {
            if (parameters.isEmpty()) {
                throw new UspException(fault);
            }
            UspError.ParameterError first = parameters.getFirst();
            throw new UspException(
                    first.fault().errCode(),
                    first.paramPath() + ": " + first.fault().errMsg());
        }
        if (!request.responseType().isInstance(body)) {
            throw new UspException(
                    StandardErrorCode.INTERNAL_ERROR, service + " has answered something else than was asked");
        }
        return request.responseType().cast(body);
    }

    /// Sends without waiting.
    void send(MessageId id, Body body) throws IOException {
        Bytes payload = MessageCodec.encode(new UspMessage(id, body));
        connection.send(RecordCodec.encode(UspRecord.plain(service, own, new RecordType.NoSessionContext(payload))));
    }

    /// An answer has come. One that nobody waits for any more is let go.
    void answered(MessageId id, Body body) {
        heard();
        CompletableFuture<Body> waiting = unanswered.get(id);
        if (waiting != null) {
            waiting.complete(body);
        }
    }

    /// It is alive.
    void heard() {
        silentUntil = System.nanoTime();
    }

    /// Has the task run after all earlier ones. Stops reading from a Service that sends faster than we take,
    /// and leaves one that does not stop.
    ///
    /// @param size in bytes of what it came in
    void later(int size, Runnable task) {
        if (!mailbox.offer(connection, size, task)) {
            connection.close(CloseReason.REFUSED);
        }
    }

    void close(CloseReason reason) {
        connection.close(reason);
        gone();
    }

    /// The connection has ended: nobody waits any longer.
    void gone() {
        mailbox.close();
        unanswered.values().forEach(waiting -> waiting.completeExceptionally(new IOException("gone")));
    }
}
