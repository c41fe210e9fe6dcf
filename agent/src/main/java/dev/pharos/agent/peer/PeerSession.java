// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.peer;

import dev.pharos.agent.config.Limits;
import dev.pharos.agent.localagent.SessionControl;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.mtp.OutboundQueue;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.session.E2eSession;
import dev.pharos.usp.session.OnRestart;
import dev.pharos.usp.session.Parties;
import dev.pharos.usp.session.SessionEvent;
import dev.pharos.usp.session.SessionPolicy;
import dev.pharos.usp.session.SessionStep;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end-to-end session with one controller at work: it lends [E2eSession] a lock, a clock and connections.
final class PeerSession implements SessionControl {
    private static final Logger LOG = LoggerFactory.getLogger(PeerSession.class);

    private final Parties parties;
    private final AgentRuntime runtime;
    private final Supplier<Optional<Link>> anyLink;
    private final Delivery deliver;
    private final OutboundQueue outbound = new OutboundQueue(Limits.SESSION_RECORDS_WAITING);
    private final E2eSession session;
    private @Nullable Link last;
    private @Nullable SecuredPeer secured;
    private AgentTimer.@Nullable Entry wake;

    /// Where Messages go.
    @FunctionalInterface
    interface Delivery {
        /// @param peer who sent it, where TLS inside the session proves that
        void message(Link link, Optional<SecuredPeer> peer, Bytes message);
    }

    /// @param anyLink a connection that stands
    /// @param deliver is given each Message that arrives, in order, and must not wait
    PeerSession(
            Parties parties,
            AgentRuntime runtime,
            RecordGuard guard,
            Supplier<Optional<Link>> anyLink,
            Delivery deliver) {
        this.parties = parties;
        this.runtime = runtime;
        this.anyLink = anyLink;
        this.deliver = deliver;
        this.session =
                new E2eSession(parties, SessionPolicy.of(attempt -> Duration.ofSeconds(5)), runtime.random(), guard);
    }

    synchronized void receive(Link link, UspRecord record, RecordType.SessionContext content) {
        last = link;
        step(now -> session.receive(record, content, link.carrier(), now));
    }

    /// Whether a Message that answers nothing goes through the session.
    synchronized boolean carriesNew() {
        return session.carriesNew();
    }

    /// Whether a Message can be sent in TLS, opening a session for it where there is none.
    synchronized boolean canSecure() {
        return session.canSecure();
    }

    synchronized boolean requiresSessions() {
        return session.requiresSessions();
    }

    /// Opens a Session Context, unless there is one.
    synchronized void open(Link link) {
        last = link;
        step(session::open);
    }

    /// Sends a Message through the session.
    ///
    /// @throws IOException where it is not taken
    synchronized void send(Link link, Bytes message) throws IOException {
        last = link;
        SessionStep step = step(now -> session.send(message, OnRestart.SEND_AGAIN, now));
        for (SessionEvent event : step.events()) {
            if (event instanceof SessionEvent.Abandoned abandoned
                    && abandoned.message().equals(message)) {
                throw new QueueFullException(abandoned.because().toString());
            }
        }
    }

    /// The certificates of a connection were judged, so that those of the session are to be judged again.
    synchronized void connectionJudged() {
        if (secured != null) {
            secured.judgeAgain();
        }
    }

    /// The relation has ended (R-MTP.7).
    synchronized void forget(String reason) {
        step(now -> session.forget(new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, reason), now));
    }

    @Override
    public synchronized E2eSession.Status status() {
        return session.status();
    }

    @Override
    public synchronized int retryCount() {
        return session.retryCount();
    }

    @Override
    public synchronized void reset() {
        step(session::reset);
    }

    @Override
    public synchronized void use(SessionPolicy policy) {
        step(now -> session.use(policy, now));
    }

    synchronized void close() {
        outbound.close();
        if (wake != null) {
            wake.cancel();
        }
    }

    private synchronized void tick() {
        step(session::tick);
    }

    /// Does something with the session, sends what it wants sent, and delivers what came. Under the lock
    /// throughout, so that Messages keep their order.
    private SessionStep step(Function<Instant, SessionStep> what) {
        Instant now = runtime.steady().instant();
        SessionStep step = what.apply(now);
        for (UspRecord record : step.records()) {
            Link link = last;
            if (!outbound.offer(() -> transmit(link, record))) {
                LOG.debug("too many Records wait for {}", parties.peer());
            }
        }
        plan(now);
        for (SessionEvent event : step.events()) {
            happened(event);
        }
        return step;
    }

    private void happened(SessionEvent event) {
        switch (event) {
            case SessionEvent.Delivered(Bytes message) -> {
                Link link = last;
                if (link != null) {
                    deliver.message(link, Optional.ofNullable(secured), message);
                }
            }
            case SessionEvent.Adopted(long id) -> {
                secured = null;
                LOG.debug("{} began session {}", parties.peer(), id);
            }
            case SessionEvent.Secured(List<X509Certificate> chain) -> {
                secured = new SecuredPeer(chain);
                LOG.info(
                        "the session with {} is in TLS: {}",
                        parties.peer(),
                        chain.getFirst().getSubjectX500Principal());
            }
            case SessionEvent.Restarted(Fault because) -> {
                secured = null;
                LOG.info("the session with {} begins anew: {}", parties.peer(), because);
            }
            case SessionEvent.Ignored(String reason) -> LOG.debug("ignored a Record of {}: {}", parties.peer(), reason);
            case SessionEvent.Distrusted(String reason) ->
                LOG.info("refused a Record of {}: {}", parties.peer(), reason);
            case SessionEvent.Abandoned(Bytes _, Fault because) ->
                LOG.info("a message to {} was given up: {}", parties.peer(), because);
        }
    }

    private void transmit(@Nullable Link preferred, UspRecord record) throws IOException {
        Link link = preferred != null && preferred.isOpen()
                ? preferred
                : anyLink.get().orElseThrow(() -> new IOException("no connection to " + parties.peer()));
        link.send(record);
    }

    private void plan(Instant now) {
        if (wake != null) {
            wake.cancel();
            wake = null;
        }
        Optional<Instant> due = session.due();
        if (due.isPresent()) {
            Duration delay = Duration.between(now, due.get());
            wake = runtime.timer().schedule(delay.isNegative() ? Duration.ZERO : delay, this::tick);
        }
    }
}
