// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.policy.Limits;
import dev.pharos.mtp.OutboundQueue;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.session.E2eSession;
import dev.pharos.usp.session.SessionEvent;
import dev.pharos.usp.session.SessionStep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end-to-end session with one device at work: it lends [E2eSession] a lock, a clock and connections.
final class DeviceSession {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSession.class);

    private static final Refusal NONE = new Refusal("", false);

    private final Peer peer;
    private final E2eSession session;
    private final Sessions.Room room;
    /// Held while Messages are read, so that they keep their order where two connections bring them.
    private final ReentrantLock reading = new ReentrantLock();
    /// Of the session itself, held for moments only: who sends never waits for who reads.
    private final ReentrantLock lock = new ReentrantLock();
    private final OutboundQueue outbound = new OutboundQueue(Limits.SESSION_RECORDS_WAITING);
    private @Nullable Link last;
    private Sessions.@Nullable Wake wake;

    DeviceSession(Peer peer, E2eSession session, Sessions.Room room) {
        this.peer = peer;
        this.session = session;
        this.room = room;
    }

    /// Whether a Message that answers nothing goes through the session.
    boolean carriesNew() {
        lock.lock();
        try {
            return session.carriesNew();
        } finally {
            lock.unlock();
        }
    }

    /// Takes a Record; the Messages that arrive with it are handed on before this returns.
    ///
    /// @param read is given each Message
    void receive(Link link, UspRecord record, RecordType.SessionContext content, Reading read) {
        reading.lock();
        try {
            SessionStep step = received(link, record, content);
            read.records(step.messages(), refusal(step));
        } finally {
            reading.unlock();
        }
    }

    private SessionStep received(Link link, UspRecord record, RecordType.SessionContext content) {
        lock.lock();
        try {
            last = link;
            return step(now -> session.receive(record, content, link.carrier(), now), Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /// What a Record brought.
    @FunctionalInterface
    interface Reading {
        /// @param refusal why the Record was of no use, where it was
        void records(List<Bytes> messages, Optional<Refusal> refusal);
    }

    /// Why a Record was of no use.
    ///
    /// @param distrusted whether it is because nothing shows that the device made it
    record Refusal(String reason, boolean distrusted) {}

    private static Optional<Refusal> refusal(SessionStep step) {
        return step.events().stream()
                .map(event -> switch (event) {
                    case SessionEvent.Ignored ignored -> new Refusal(ignored.reason(), false);
                    case SessionEvent.Distrusted distrusted -> new Refusal(distrusted.reason(), true);
                    case SessionEvent.Restarted restarted ->
                        new Refusal(restarted.because().toString(), false);
                    case SessionEvent.Delivered ignored -> NONE;
                    case SessionEvent.Adopted ignored -> NONE;
                    case SessionEvent.Secured ignored -> NONE;
                    case SessionEvent.Abandoned ignored -> NONE;
                })
                .filter(refusal -> !refusal.equals(NONE))
                .findFirst();
    }

    void open(Link link) {
        lock.lock();
        try {
            last = link;
            step(session::open, Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /// Sends a Message through the session.
    ///
    /// @throws IOException where it is not taken
    void send(Link link, UspMessage message) throws IOException {
        Bytes payload = MessageCodec.encode(message);
        lock.lock();
        try {
            last = link;
            SessionStep step =
                    step(now -> session.send(payload, Sessions.onRestart(message.body()), now), Optional.of(message));
            for (SessionEvent event : step.events()) {
                if (event instanceof SessionEvent.Abandoned abandoned
                        && abandoned.message().equals(payload)) {
                    throw new IOException(abandoned.because().toString());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// The relation has ended (R-MTP.7).
    void forget(Fault because) {
        lock.lock();
        try {
            step(now -> session.forget(because, now), Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    private void tick() {
        lock.lock();
        try {
            SessionStep step = step(session::tick, Optional.empty());
            if (!step.messages().isEmpty()) {
                throw new IllegalStateException("time alone brings no Message");
            }
        } finally {
            lock.unlock();
        }
    }

    private SessionStep step(Function<Instant, SessionStep> what, Optional<UspMessage> message) {
        Instant now = room.clock().instant();
        SessionStep step = what.apply(now);
        Optional<UspMessage> shown = step.records().size() == 1 ? message : Optional.empty();
        for (UspRecord record : step.records()) {
            Link link = last;
            if (!outbound.offer(() -> transmit(link, record, shown))) {
                LOG.debug("too many Records wait for {}", peer.id());
            }
        }
        plan(now);
        step.events().forEach(this::happened);
        return step;
    }

    private void happened(SessionEvent event) {
        switch (event) {
            case SessionEvent.Delivered ignored -> {}
            case SessionEvent.Adopted adopted -> LOG.debug("{} began session {}", peer.id(), adopted.sessionId());
            case SessionEvent.Secured secured ->
                LOG.info(
                        "the session with {} is in TLS: {}",
                        peer.id(),
                        secured.chain().getFirst().getSubjectX500Principal());
            case SessionEvent.Restarted restarted ->
                LOG.info("the session with {} begins anew: {}", peer.id(), restarted.because());
            case SessionEvent.Ignored ignored -> LOG.debug("ignored a Record of {}: {}", peer.id(), ignored.reason());
            case SessionEvent.Distrusted distrusted ->
                LOG.info("refused a Record of {}: {}", peer.id(), distrusted.reason());
            case SessionEvent.Abandoned abandoned -> {
                String id = MessageCodec.envelope(abandoned.message()).messageId();
                if (!id.isEmpty()) {
                    peer.calls()
                            .lose(
                                    new MessageId(id),
                                    "the session ended before the device confirmed the request: "
                                            + abandoned.because());
                }
            }
        }
    }

    private void transmit(@Nullable Link preferred, UspRecord record, Optional<UspMessage> message) throws IOException {
        Link link = preferred != null && preferred.isOpen() ? preferred : peer.usable();
        if (link == null) {
            throw new IOException("no connection to " + peer.id());
        }
        room.wire().send(link, record, message);
    }

    private void plan(Instant now) {
        if (wake != null) {
            wake.cancel();
            wake = null;
        }
        Optional<Instant> due = session.due();
        if (due.isPresent()) {
            Duration delay = Duration.between(now, due.get());
            wake = room.timer().after(delay.isNegative() ? Duration.ZERO : delay, this::tick);
        }
    }
}
