// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.observe.MessageSummary;
import dev.pharos.controller.peer.PendingCalls.Match;
import dev.pharos.controller.peer.PendingCalls.Outcome;
import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.ObjIntConsumer;

/// Calls of devices: sends a request and waits for the answer of the same `msg_id` (R-MSG.0, R-MSG.9). Any
/// number of threads may call.
public final class Calls {
    private final Peers peers;
    private final Sessions sessions;
    private final DeviceStore devices;
    private final Counters counters;
    private final MessageIds ids = new MessageIds();
    private final CallTimer timer = new CallTimer();
    private volatile ObjIntConsumer<Peer> unanswered = (peer, proofs) -> {};
    private volatile BiPredicate<EndpointId, Duration> search = (device, patience) -> false;

    Calls(Peers peers, Sessions sessions, DeviceStore devices, Counters counters) {
        this.peers = peers;
        this.sessions = sessions;
        this.devices = devices;
        this.counters = counters;
    }

    /// Who is told of devices that did not answer in time and sent nothing else meanwhile, with the number of
    /// proofs of life before the request.
    public void onUnanswered(ObjIntConsumer<Peer> listener) {
        unanswered = listener;
    }

    /// Who looks for a device that has no connection to us, and says whether it has one now; may take the time
    /// that it is given.
    public void onAbsent(BiPredicate<EndpointId, Duration> seeker) {
        search = seeker;
    }

    /// Sends the request and waits for its answer. An Operate that wants no response returns an empty one as
    /// soon as it is sent.
    ///
    /// @param timeout from now to the answer
    /// @throws CallException which of its kinds says what went wrong
    public <R extends Response> R call(EndpointId device, Request<R> request, Duration timeout) throws CallException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Peer peer = found(device, timeout);
        PendingCalls calls = peer.calls();
        if (calls.slots().getQueueLength() >= Limits.CALLS_WAITING) {
            throw new TooManyCallsException(device, Limits.CALLS_WAITING + " calls of the device wait already");
        }
        counters.count(Counter.CALLS);
        try {
            if (!calls.slots().tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new CallTimedOutException(
                        device, "the device was busy with earlier calls; this one was not sent", false);
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(device, false);
        }
        try {
            Link link = peer.usable();
            if (link == null) {
                throw unreachable(peer.id(), peer.absence(), false);
            }
            return exchange(peer, link, request, deadline, timeout);
        } finally {
            calls.slots().release();
        }
    }

    private Peer found(EndpointId device, Duration patience) throws CallException {
        Optional<Peer> here = peers.find(device);
        if (here.filter(peer -> peer.usable() != null).isEmpty() && search.test(device, patience)) {
            here = peers.find(device);
        }
        return here.orElseThrow(() -> unreachable(device, "it is not connected", false));
    }

    /// Speaks to a device on a connection where it has not spoken yet; its answer lets it in as the first Record
    /// of any connection does.
    ///
    /// @param timeout from now to the answer
    /// @throws CallException where none came
    public <R extends Response> R callFirst(
            EndpointId device, MtpConnection connection, Request<R> request, Duration timeout) throws CallException {
        Link link = peers.link(connection);
        if (link == null || !peers.hasRoomFor(device)) {
            throw unreachable(device, "its connection is closed already, or there is no room for more devices", false);
        }
        Peer peer = peers.get(device);
        counters.count(Counter.CALLS);
        link.called(peer);
        try {
            return exchange(peer, link, request, System.nanoTime() + timeout.toNanos(), timeout);
        } finally {
            link.called(null);
        }
    }

    private <R extends Response> R exchange(Peer peer, Link link, Request<R> request, long deadline, Duration timeout)
            throws CallException {
        UspMessage message = new UspMessage(ids.next(), request);
        int proofs = peer.proofs();
        CompletableFuture<Outcome> outcome = peer.calls().open(message.id(), link);
        CallTimer.Watched watched = timer.watch(outcome, deadline);
        try {
            sessions.send(link, peer, message);
            if (request instanceof OperateRequest operate && !operate.sendResponse()) {
                return request.responseType().cast(new OperateResponse(List.of()));
            }
            if (!peer.has(link) && link.called() == null) {
                peer.calls().lose(link, peer.absence());
            }
            return switch (outcome.get()) {
                case Outcome.Answered answered -> result(peer, request, answered.body());
                case Outcome.Lost lost -> throw unreachable(peer.id(), lost.reason(), true);
                case Outcome.OutOfTime over -> throw late(peer, proofs, timeout);
            };
        } catch (IOException broken) {
            throw unreachable(peer.id(), "the request could not be sent: " + broken.getMessage(), true);
        } catch (InterruptedException interrupted) {
            throw interrupted(peer.id(), true);
        } catch (ExecutionException defect) {
            throw new IllegalStateException("an outcome is a value and never an exception", defect);
        } finally {
            watched.forget();
            peer.calls().giveUp(message.id());
        }
    }

    private CallTimedOutException late(Peer peer, int proofs, Duration timeout) {
        counters.count(Counter.CALLS_TIMED_OUT);
        if (peer.proofs() == proofs) {
            unanswered.accept(peer, proofs);
        }
        return new CallTimedOutException(peer.id(), "no answer came within " + timeout.toMillis() + " ms", true);
    }

    private static <R extends Response> R result(Peer peer, Request<R> request, Body body) throws CallException {
        if (body instanceof UspError error) {
            throw new RequestFailedException(peer.id(), error);
        }
        if (!request.responseType().isInstance(body)) {
            throw new AnswerMismatchException(
                    peer.id(), "the answer to " + MessageSummary.kind(request) + " was a " + MessageSummary.kind(body));
        }
        return request.responseType().cast(body);
    }

    /// Hands an answer to the call that waits for it.
    Match answered(Peer peer, MessageId id, Body body) {
        Match match = peer.calls().answer(id, body);
        switch (match) {
            case AWAITED -> {}
            case LATE -> counters.count(Counter.ANSWERS_LATE);
            case UNEXPECTED -> counters.count(Counter.ANSWERS_UNEXPECTED);
        }
        return match;
    }

    private DeviceUnreachableException unreachable(EndpointId device, String why, boolean sent) {
        Optional<Instant> seen = peers.find(device)
                .map(Peer::lastProofMillis)
                .filter(millis -> millis > 0)
                .map(Instant::ofEpochMilli);
        return new DeviceUnreachableException(
                device, why, seen.or(() -> devices.find(device).map(DeviceRecord::lastSeen)), sent);
    }

    private static CallTimedOutException interrupted(EndpointId device, boolean sent) {
        Thread.currentThread().interrupt();
        return new CallTimedOutException(device, "the caller was interrupted while it waited", sent);
    }
}
