// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.soap.Dialect;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All sessions of an ACS: knows to which of them a message belongs, by its cookie, else by its connection. A device
/// has
/// one at a time; its Inform begins another in place of what it has left behind. Thread-safe.
public final class AcsSessions implements AutoCloseable {
    private final Reception reception;
    private final InstantSource clock;
    private final Supplier<String> cookies;
    private final Map<String, LiveSession> byCookie = new ConcurrentHashMap<>();
    private final Map<String, LiveSession> byDevice = new ConcurrentHashMap<>();
    private final Set<String> arriving = ConcurrentHashMap.newKeySet();
    private final AtomicLong begun = new AtomicLong();
    private final Semaphore doors = new Semaphore(Limits.ARRIVALS, true);

    /// @param cookies makes words that nobody guesses
    public AcsSessions(Reception reception, InstantSource clock, Supplier<String> cookies) {
        this.reception = reception;
        this.clock = clock;
        this.cookies = cookies;
    }

    /// What a device has sent.
    ///
    /// @param cookies values of the cookie that we gave, or what it takes for it
    public record Message(Received received, List<String> cookies, AcsConnection connection, Caller caller) {
        public Message {
            cookies = List.copyOf(cookies);
        }
    }

    /// A session, for those who look on.
    ///
    /// @param number of the session, from 1 on since these began
    /// @param device with whom it is; empty where it has no name here
    public record Belonging(String number, Optional<EndpointId> device) {}

    /// @param cookie to be set by it, where it opens a session
    /// @param session that the message belongs to; empty where it belongs to none
    public record Reply(AcsStep step, Optional<String> cookie, Optional<Belonging> session) {
        private static Reply outside(AcsStep step) {
            return new Reply(step, Optional.empty(), Optional.empty());
        }

        private static Reply refusal(String reason) {
            return outside(new AcsStep.Refuse(reason));
        }

        private static Reply later(String reason) {
            return outside(new AcsStep.Later(Limits.COME_AGAIN, reason));
        }
    }

    /// Answers a message; the device waits so long.
    public Reply take(Message message) {
        if (message.received() instanceof Received.Message(Envelope envelope)
                && envelope.body() instanceof Inform inform) {
            return arrive(message, envelope, inform);
        }
        LiveSession session = find(message);
        if (session == null) {
            return Reply.refusal("this belongs to no session: a session begins with an Inform");
        }
        if (!session.key().login().equals(message.caller().login())) {
            return Reply.refusal("this session belongs to another login");
        }
        return session.next(message.received())
                .map(step -> new Reply(step, Optional.empty(), Optional.of(session.belonging())))
                .orElseGet(() -> Reply.refusal("this session is answering another message"));
    }

    /// Whether a message belongs to a session, so that much may be read of it.
    public boolean knows(List<String> shown, AcsConnection connection) {
        return find(shown, connection) != null;
    }

    /// How the device is spoken with to whose session a message belongs.
    public Dialect dialect(List<String> shown, AcsConnection connection) {
        LiveSession session = find(shown, connection);
        return session == null ? Dialect.FIELD : session.dialect();
    }

    private @Nullable LiveSession find(Message message) {
        return find(message.cookies(), message.connection());
    }

    private @Nullable LiveSession find(List<String> shown, AcsConnection connection) {
        for (String cookie : shown) {
            LiveSession known = byCookie.get(cookie);
            if (known != null) {
                return known;
            }
        }
        LiveSession carried = connection.session();
        return carried == null || byCookie.get(carried.key().cookie()) != carried ? null : carried;
    }

    private Reply arrive(Message message, Envelope envelope, Inform inform) {
        String device = inform.deviceId().canonical();
        if (!comesToItsTurn()) {
            return Reply.later("too many devices come at once");
        }
        try {
            if (!arriving.add(device)) {
                return Reply.later("the device comes twice at once");
            }
            try {
                return open(message, envelope, inform, device);
            } finally {
                arriving.remove(device);
            }
        } finally {
            doors.release();
        }
    }

    /// Takes a door, which whoever gets true gives back.
    private boolean comesToItsTurn() {
        if (doors.getQueueLength() >= Limits.ARRIVALS_WAITING) {
            return false;
        }
        try {
            return doors.tryAcquire(Limits.ARRIVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Reply open(Message message, Envelope envelope, Inform inform, String device) {
        LiveSession before = byDevice.get(device);
        if (before != null && !before.isOver() && !before.abandon("the device has begun another session")) {
            return Reply.later("the device's session before this is at work");
        }
        if (before != null) {
            forget(before);
        }
        if (byCookie.size() >= Limits.SESSIONS) {
            forgetFinished();
            if (byCookie.size() >= Limits.SESSIONS) {
                return Reply.later("there is no room for more sessions");
            }
        }
        AcsSession.Opened opened = AcsSession.open(envelope, inform, reception, message.caller());
        if (opened.session().isEmpty()) {
            return Reply.outside(opened.answer());
        }
        LiveSession session = new LiveSession(
                opened.session().get(),
                new LiveSession.Key(
                        cookies.get(), device, message.caller().login(), Long.toString(begun.incrementAndGet())),
                patience(envelope),
                clock);
        byCookie.put(session.key().cookie(), session);
        byDevice.put(device, session);
        message.connection().carries(session);
        return new Reply(opened.answer(), Optional.of(session.key().cookie()), Optional.of(session.belonging()));
    }

    /// As long as the device wants to be waited for, within reason.
    private static Duration patience(Envelope envelope) {
        Duration wanted = envelope.header().sessionTimeout().orElse(Limits.SILENCE);
        if (wanted.compareTo(Limits.SILENCE) < 0) {
            return Limits.SILENCE;
        }
        return wanted.compareTo(Limits.LONGEST_SILENCE) > 0 ? Limits.LONGEST_SILENCE : wanted;
    }

    /// Ends sessions of whose devices nothing was heard for too long. To be called every few seconds.
    public void sweep() {
        for (LiveSession session : byCookie.values()) {
            if (session.isSilent() && session.abandon("nothing was heard of the device any longer")) {
                forget(session);
            }
        }
    }

    /// Those are kept for a while only for devices that say once more that they have nothing to say.
    private void forgetFinished() {
        byCookie.values().stream().filter(LiveSession::isOver).forEach(this::forget);
    }

    private void forget(LiveSession session) {
        byCookie.remove(session.key().cookie(), session);
        byDevice.remove(session.key().device(), session);
    }

    /// How many there are, those included that may be over.
    public int size() {
        return byCookie.size();
    }

    /// Ends all of them.
    @Override
    public void close() {
        for (LiveSession session : byCookie.values()) {
            session.abandon("the ACS stops");
            forget(session);
        }
    }
}
