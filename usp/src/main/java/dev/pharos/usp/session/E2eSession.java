// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;
import dev.pharos.usp.Limits;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The end-to-end session with one peer: Messages in, Records out, and the other way round. Within a Session
/// Context the peer gets each Message once and in order, whatever the transport loses, repeats or reorders;
/// where that cannot be, the Session Context starts anew, and says so.
///
/// Pure: it does nothing by itself. After every call its owner sends the Records of the step, and calls
/// [#tick] when [#due] has come. Not thread-safe.
public final class E2eSession {
    private static final Fault NOT_ALLOWED =
            new Fault(StandardErrorCode.SESSION_CONTEXT_NOT_ALLOWED, "Session Contexts are not allowed");

    private final Parties parties;
    private final SessionIds ids;
    private final RecordGuard guard;
    private final ArrayDeque<Outgoing> queue = new ArrayDeque<>(1);
    private SessionPolicy policy;
    private @Nullable OpenContext context;
    private @Nullable Instant retryAt;
    private Instant active = Instant.MIN;
    private int failures;
    private int late;

    /// How far a session is (TR-181, E2ESession.Status).
    public enum Status {
        DOWN,
        NEGOTIATING,
        UP
    }

    /// @param guard who we are and who judges the peer, where payloads are to be secured
    public E2eSession(Parties parties, SessionPolicy policy, RandomGenerator random, RecordGuard guard) {
        this.parties = parties;
        this.policy = policy;
        this.guard = guard;
        this.ids = new SessionIds(random);
    }

    /// Other settings, from now on. Where they allow no sessions any more, the peer is told (R-E2E.6b).
    public SessionStep use(SessionPolicy settings, Instant now) {
        policy = settings;
        SessionStep.Draft step = new SessionStep.Draft();
        if (context == null) {
            return step.done();
        }
        if (settings.mode() != SessionMode.FORBID) {
            if (settings.wantsTls() && context.security().tls() == null) {
                renew("its payload must be in TLS from now on", now, step);
            }
            return step.done();
        }
        Fault because = new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, "sessions are not allowed any more");
        forget(because, now).events().forEach(step::note);
        step.send(disconnect(because));
        return step.done();
    }

    private UspRecord disconnect(Fault because) {
        return UspRecord.plain(
                parties.peer(),
                parties.own(),
                new RecordType.Disconnect(because.errMsg(), because.errCode().code()));
    }

    /// Whether a Message that answers nothing goes through the session, rather than in a Record of its own.
    public boolean carriesNew() {
        return switch (policy.mode()) {
            case REQUIRE -> true;
            case ALLOW -> status() != Status.DOWN;
            case FORBID -> false;
        };
    }

    /// Whether Messages outside a session are refused.
    public boolean requiresSessions() {
        return policy.mode() == SessionMode.REQUIRE;
    }

    public Status status() {
        if (context == null) {
            return retryAt == null ? Status.DOWN : Status.NEGOTIATING;
        }
        return context.unanswered() || !context.security().ready() ? Status.NEGOTIATING : Status.UP;
    }

    /// The Session Context there is, 0 where there is none.
    public long sessionId() {
        return context == null ? 0 : context.id();
    }

    /// How often a Session Context failed since the last Record was received well (R-E2E.12).
    public int retryCount() {
        return Math.max(0, failures - 1);
    }

    /// When [#tick] wants to be called.
    public Optional<Instant> due() {
        if (context == null) {
            return Optional.ofNullable(retryAt);
        }
        return context.due();
    }

    /// Opens a Session Context, unless there is one.
    public SessionStep open(Instant now) {
        SessionStep.Draft step = new SessionStep.Draft();
        if (context == null && retryAt == null) {
            begin(now, step);
        }
        return step.done();
    }

    /// Sends a Message, in a new Session Context where there is none or the last is not to be used any more.
    public SessionStep send(Bytes message, OnRestart onRestart, Instant now) {
        SessionStep.Draft step = new SessionStep.Draft();
        endIfDisowned(now, step);
        renewIfWornOut(now, step);
        if (queue.size() >= Limits.SESSION_QUEUE) {
            step.note(new SessionEvent.Abandoned(
                    message, new Fault(StandardErrorCode.RESOURCES_EXCEEDED, "too many Messages wait for a session")));
            return step.done();
        }
        queue.add(new Outgoing(message, onRestart, 1));
        if (context == null && retryAt == null) {
            begin(now, step);
        } else {
            flush(now, step);
        }
        return step.done();
    }

    /// Takes a Record of the peer.
    ///
    /// @param carrier the way that it came
    public SessionStep receive(UspRecord record, RecordType.SessionContext content, Carrier carrier, Instant now) {
        SessionStep.Draft step = new SessionStep.Draft();
        if (policy.mode() == SessionMode.FORBID) {
            step.ignored("Session Contexts are not allowed");
            step.send(disconnect(NOT_ALLOWED));
            return step.done();
        }
        endIfDisowned(now, step);
        Optional<String> objection = ContextSecurity.isCoded(record)
                ? Optional.empty()
                : guard.objection(record, carrier, securedBy(content.sessionId()));
        if (objection.isPresent()) {
            // Nothing is taken that somebody else may have made (R-E2E.23, R-E2E.30).
            step.note(new SessionEvent.Distrusted(objection.get()));
            if (context != null) {
                fail(new Fault(StandardErrorCode.INVALID_RECORD_VALUE, objection.get()), now, step);
            }
            return step.done();
        }
        if (record.protection().payloadSecurity() == PayloadSecurity.PLAINTEXT && policy.wantsTls()) {
            Fault required = new Fault(StandardErrorCode.SECURE_SESSION_REQUIRED, "its payload must be in TLS");
            refuse(content.sessionId(), required, now, step);
            return step.done();
        }
        OpenContext current = contextFor(record, content.sessionId(), now, step);
        if (current == null) {
            return step.done();
        }
        if (guard.isProvisional(record, carrier)) {
            current.security().provisionally(carrier);
        }
        long before = current.received();
        Fault fault = current.receive(record, content, policy, now, step);
        if (fault != null) {
            fail(fault, now, step);
            return step.done();
        }
        active = now;
        if (current.received() != before) {
            late = 0;
            // A TLS handshake that is refused in the end has received Records too.
            failures = current.security().proven() ? 0 : failures;
        }
        if (OpenContext.nearlyExhausted(content.sequenceId())) {
            renew("its sequence_id nears the end", now, step);
        } else {
            flush(now, step);
        }
        return step.done();
    }

    /// Ends the TLS inside the session where a certificate of the peer has been revoked or has expired since: nothing
    /// more passes in it.
    private void endIfDisowned(Instant now, SessionStep.Draft step) {
        Optional<String> reason =
                context == null ? Optional.empty() : context.security().disowned(guard.identity(), now);
        if (reason.isPresent()) {
            step.note(new SessionEvent.Distrusted(reason.get()));
            fail(new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, reason.get()), now, step);
        }
    }

    /// Who the peer is by the TLS inside this Session Context, once it stands.
    private Optional<X509Certificate> securedBy(long id) {
        PayloadTls tls = context == null || context.id() != id
                ? null
                : context.security().tls();
        return tls == null || !tls.established()
                ? Optional.empty()
                : Optional.of(tls.peerChain().getFirst());
    }

    /// Whether a Message can be sent in TLS, in a Session Context that there is or that is opened for it.
    public boolean canSecure() {
        return policy.mode() != SessionMode.FORBID
                && policy.wantsTls()
                && guard.identity().isPresent();
    }

    /// The Session Context that a Record of this id belongs to; null where it is of none.
    private @Nullable OpenContext contextFor(UspRecord record, long id, Instant now, SessionStep.Draft step) {
        OpenContext current = context;
        if (Long.compareUnsigned(id, 1) <= 0) {
            step.ignored("session_id must be larger than 1 (R-E2E.3)");
            if (current != null) {
                fail(new Fault(StandardErrorCode.INVALID_RECORD_VALUE, "session_id " + id), now, step);
            }
            return null;
        }
        if (current != null && current.id() == id) {
            if (!expired(now)) {
                return current;
            }
            step.ignored("its Session Context expired before it came");
            renew("it was silent for too long", now, step);
            return null;
        }
        if (ids.isLate(id, now)) {
            step.ignored("its Session Context has ended");
            late(current, now, step);
            return null;
        }
        if (current != null && current.unanswered() && Long.compareUnsigned(id, current.id()) < 0) {
            step.ignored("both sides began a Session Context at once, and ours has the larger id");
            current.remind(now);
            return null;
        }
        boolean secured = record.protection().payloadSecurity() == PayloadSecurity.TLS12;
        if (ContextSecurity.isCoded(record)) {
            refuse(
                    id,
                    new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, "its TLS session is not one of ours"),
                    now,
                    step);
            return null;
        }
        Optional<SecureIdentity> identity = guard.identity();
        if (secured && identity.isEmpty()) {
            refuse(
                    id,
                    new Fault(StandardErrorCode.SECURE_SESSION_NOT_SUPPORTED, "payload TLS needs certificates here"),
                    now,
                    step);
            return null;
        }
        ContextSecurity security = secured
                ? ContextSecurity.tls(identity.orElseThrow(), guard, false)
                : ContextSecurity.plaintext(identity);
        return adopt(id, security, now, step);
    }

    /// Does not take a Record of a peer that has another idea of the session than we: it learns ours. Not more
    /// often than sessions may begin, since anybody may have sent it.
    private void refuse(long id, Fault fault, Instant now, SessionStep.Draft step) {
        step.note(new SessionEvent.Distrusted(fault.errMsg()));
        ids.seen(id);
        if (context != null || retryAt == null) {
            fail(fault, now, step);
        }
    }

    /// A few late Records are what a transport does. More of them, and nothing else, is a peer that holds on to
    /// a Session Context that ended here, as we may to one that ended there (R-E2E.24).
    private void late(@Nullable OpenContext current, Instant now, SessionStep.Draft step) {
        if (current == null) {
            return;
        }
        late++;
        current.remind(now);
        if (late > Limits.LATE_RECORDS) {
            late = 0;
            fail(
                    new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, "the peer goes on in another session"),
                    now,
                    step);
        }
    }

    private OpenContext adopt(long id, ContextSecurity security, Instant now, SessionStep.Draft step) {
        close(now, step, new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, "the peer began a new session"));
        ids.seen(id);
        OpenContext theirs = new OpenContext(id, false, parties, security, 1);
        context = theirs;
        retryAt = null;
        step.note(new SessionEvent.Adopted(id));
        theirs.handshake(policy, now, step);
        theirs.remind(now);
        return theirs;
    }

    /// Does what is due.
    public SessionStep tick(Instant now) {
        SessionStep.Draft step = new SessionStep.Draft();
        endIfDisowned(now, step);
        if (context != null) {
            Fault fault = context.tick(now, step);
            if (fault != null) {
                fail(fault, now, step);
            }
        } else if (retryAt != null && !retryAt.isAfter(now)) {
            begin(now, step);
        }
        return step.done();
    }

    /// Starts anew because somebody wants it (TR-181, E2ESession.Reset()).
    public SessionStep reset(Instant now) {
        SessionStep.Draft step = new SessionStep.Draft();
        renew("a reset was asked for", now, step);
        return step.done();
    }

    /// Ends without a new beginning, since the relation has ended or sessions are not allowed any more
    /// (R-MTP.7). What waits is abandoned.
    public SessionStep forget(Fault because, Instant now) {
        SessionStep.Draft step = new SessionStep.Draft();
        List<Outgoing> left = new ArrayList<>(context == null ? List.of() : context.unacknowledged());
        left.addAll(queue);
        left.forEach(each -> step.note(new SessionEvent.Abandoned(each.message(), because)));
        queue.clear();
        context = null;
        retryAt = null;
        failures = 0;
        ids.forget();
        return step.done();
    }

    private void begin(Instant now, SessionStep.Draft step) {
        begin(1, now, step);
    }

    /// Opens a Session Context as if much had been sent in it already.
    SessionStep openAt(long first, Instant now) {
        SessionStep.Draft step = new SessionStep.Draft();
        begin(first, now, step);
        return step.done();
    }

    private void begin(long first, Instant now, SessionStep.Draft step) {
        Optional<SecureIdentity> identity = guard.identity();
        if (policy.wantsTls() && identity.isEmpty()) {
            Fault because = new Fault(StandardErrorCode.INVALID_CONFIGURATION, "payload TLS needs certificates here");
            queue.forEach(each -> step.note(new SessionEvent.Abandoned(each.message(), because)));
            queue.clear();
            return;
        }
        ContextSecurity security = policy.wantsTls()
                ? ContextSecurity.tls(identity.orElseThrow(), guard, true)
                : ContextSecurity.plaintext(identity);
        OpenContext fresh = new OpenContext(ids.next(), true, parties, security, first);
        context = fresh;
        retryAt = null;
        active = now;
        Fault fault = fresh.handshake(policy, now, step);
        if (fault != null) {
            fail(fault, now, step);
            return;
        }
        flush(now, step);
        if (fresh.hasSentNone()) {
            fresh.sendNothing(0, now, step);
        }
    }

    /// Sends what waits.
    private void flush(Instant now, SessionStep.Draft step) {
        for (OpenContext current = context;
                current != null && current.security().ready() && !queue.isEmpty(); ) {
            Outgoing next = queue.remove();
            active = now;
            switch (current.send(next, policy, now, step)) {
                case OpenContext.Sending.Done _ -> {}
                case OpenContext.Sending.Impossible impossible ->
                    step.note(new SessionEvent.Abandoned(next.message(), impossible.because()));
                case OpenContext.Sending.Full full -> {
                    queue.addFirst(next);
                    fail(full.because(), now, step);
                    return;
                }
            }
        }
    }

    private boolean expired(Instant now) {
        Duration limit = policy.expiration();
        return !limit.isZero() && active.plus(limit).isBefore(now);
    }

    private void renewIfWornOut(Instant now, SessionStep.Draft step) {
        if (context == null) {
            return;
        }
        if (expired(now)) {
            renew("it was silent for too long", now, step);
        } else if (context.nearlyExhausted()) {
            renew("our sequence_id nears the end", now, step);
        }
    }

    /// Starts anew although nothing went wrong.
    private void renew(String reason, Instant now, SessionStep.Draft step) {
        Fault because = new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, reason);
        close(now, step, because);
        step.note(new SessionEvent.Restarted(because));
        begin(now, step);
    }

    /// Starts anew after a failure: at once the first time, and ever later while failures follow each other
    /// (R-E2E.10, R-E2E.21).
    private void fail(Fault fault, Instant now, SessionStep.Draft step) {
        close(now, step, fault);
        step.note(new SessionEvent.Restarted(fault));
        failures++;
        if (failures == 1) {
            begin(now, step);
        } else {
            retryAt = now.plus(policy.retryWait().apply(failures - 1));
        }
    }

    /// Ends the Session Context and puts what may be sent again before what waits.
    private void close(Instant now, SessionStep.Draft step, Fault because) {
        OpenContext ending = context;
        context = null;
        if (ending == null) {
            return;
        }
        ids.ended(ending.id(), now);
        List<Outgoing> again = new ArrayList<>();
        for (Outgoing each : ending.unacknowledged()) {
            boolean wanted = each.onRestart() == OnRestart.SEND_AGAIN && each.sendings() < Limits.SENDINGS_PER_MESSAGE;
            if (wanted && queue.size() + again.size() < Limits.SESSION_QUEUE) {
                again.add(each.again());
            } else {
                step.note(new SessionEvent.Abandoned(each.message(), because));
            }
        }
        again.reversed().forEach(queue::addFirst);
    }
}
