// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.policy.PeerPolicy;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.session.E2eSession;
import dev.pharos.usp.session.OnRestart;
import dev.pharos.usp.session.Parties;
import dev.pharos.usp.session.SessionMode;
import dev.pharos.usp.session.SessionPolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The end-to-end sessions with devices: which Message goes through one, and what becomes of their Records. A
/// device that never used a session costs nothing here.
final class Sessions implements AutoCloseable {
    private final EndpointId own;
    private final SessionPolicy policy;
    private final Supplier<Optional<SecureIdentity>> identity;
    private final Wire wire;
    private final Room room;
    private final ScheduledThreadPoolExecutor timer;

    /// What sessions share.
    record Room(Wire wire, Clock clock, Timer timer) {}

    /// Runs something later, on a thread that may wait.
    @FunctionalInterface
    interface Timer {
        Wake after(Duration delay, Runnable task);
    }

    /// Something that will run.
    @FunctionalInterface
    interface Wake {
        void cancel();
    }

    Sessions(EndpointId own, PeerPolicy peers, Wire wire, Clock clock) {
        this.own = own;
        this.policy = peers.sessions();
        this.identity = peers.identity();
        this.wire = wire;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("pharos-session-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.room = new Room(wire, clock, this::after);
    }

    private Wake after(Duration delay, Runnable task) {
        if (timer.isShutdown()) {
            return () -> {};
        }
        Future<?> future = timer.schedule(
                () -> Thread.ofVirtual().name("session").start(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    /// Sends a request, through the session where there is or has to be one.
    void send(Link link, Peer peer, UspMessage message) throws IOException {
        DeviceSession session = policy.mode() == SessionMode.REQUIRE ? session(peer) : peer.session();
        if (session != null && session.carriesNew()) {
            session.send(link, message);
        } else {
            wire.send(link, peer.id(), message);
        }
    }

    /// Sends an answer, in the same kind of Record as what it answers came in (R-MSG.0a).
    void answer(Link link, Peer peer, UspMessage message, boolean inSession) throws IOException {
        DeviceSession session = inSession ? peer.session() : null;
        if (session != null && session.carriesNew()) {
            session.send(link, message);
        } else {
            wire.send(link, peer.id(), message);
        }
    }

    void receive(
            Link link, Peer peer, UspRecord record, RecordType.SessionContext content, DeviceSession.Reading read) {
        session(peer).receive(link, record, content, read);
    }

    boolean required() {
        return policy.mode() == SessionMode.REQUIRE;
    }

    /// Opens a session, since a device spoke outside one.
    void open(Link link, Peer peer) {
        session(peer).open(link);
    }

    /// The device ended its session (R-MTP.7).
    void forget(Peer peer, String reason) {
        DeviceSession session = peer.session();
        if (session != null) {
            session.forget(new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, reason));
        }
    }

    /// What judges, and protects, the Records of this device by themselves.
    RecordGuard guard(EndpointId device) {
        return new RecordGuard(device, identity);
    }

    private DeviceSession session(Peer peer) {
        return peer.session(() -> new DeviceSession(
                peer,
                new E2eSession(
                        new Parties(own, peer.id()),
                        policy,
                        () -> ThreadLocalRandom.current().nextLong(),
                        guard(peer.id())),
                room));
    }

    /// Only what changes nothing, or is an answer, may reach a device twice.
    static OnRestart onRestart(Body body) {
        return switch (body) {
            case GetRequest ignored -> OnRestart.SEND_AGAIN;
            case GetInstancesRequest ignored -> OnRestart.SEND_AGAIN;
            case GetSupportedDmRequest ignored -> OnRestart.SEND_AGAIN;
            case GetSupportedProtocolRequest ignored -> OnRestart.SEND_AGAIN;
            case SetRequest ignored -> OnRestart.GIVE_UP;
            case AddRequest ignored -> OnRestart.GIVE_UP;
            case DeleteRequest ignored -> OnRestart.GIVE_UP;
            case OperateRequest ignored -> OnRestart.GIVE_UP;
            case NotifyRequest ignored -> OnRestart.GIVE_UP;
            case RegisterRequest ignored -> OnRestart.GIVE_UP;
            case DeregisterRequest ignored -> OnRestart.GIVE_UP;
            case Response ignored -> OnRestart.SEND_AGAIN;
            case UspError ignored -> OnRestart.SEND_AGAIN;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
