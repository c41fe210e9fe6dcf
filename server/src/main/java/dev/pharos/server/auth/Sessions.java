// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.store.Tenant;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The sessions of the page. They live in memory and end with the server: the page signs in again.
public final class Sessions {
    private final Clock clock;
    private final LinkedHashMap<String, Held> sessions = new LinkedHashMap<>(16, 0.75f, true);

    public Sessions(Clock clock) {
        this.clock = clock;
    }

    /// What was shown to open a session.
    public enum Way {
        PASSWORD,
        PASSKEY,
        TOKEN,
        PROVIDER;

        /// Whether who came so has a password here.
        public boolean isOfOwnPassword() {
            return this != TOKEN && this != PROVIDER;
        }

        /// In lower case.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param id what the cookie holds
    /// @param csrf what every request that changes something must carry
    /// @param tokenId the token that it was opened with: when that goes, so does the session; empty where it is a
    ///     person's
    /// @param address from where
    /// @param tenant whose people they are
    public record Session(
            String id,
            String user,
            String csrf,
            Way way,
            Optional<String> tokenId,
            String address,
            Instant opened,
            Tenant tenant) {
        /// What others may call it: it is no secret.
        public String handle() {
            return HexFormat.of().formatHex(Secret.hash(id).toByteArray()).substring(0, 16);
        }

        @Override
        public String toString() {
            return "Session[" + user + "]";
        }
    }

    /// A session as it is held.
    public record Held(Session session, Instant used) {}

    /// @param tokenId empty where it is a person's
    public synchronized Session open(String user, Way way, Optional<String> tokenId, String address) {
        Session session = new Session(
                Secret.random(Limits.SECRET_BYTES),
                user,
                Secret.random(Limits.SECRET_BYTES),
                way,
                tokenId,
                address,
                clock.instant(),
                Tenant.current().orElse(Tenant.MAIN));
        sessions.put(session.id(), new Held(session, clock.instant()));
        if (sessions.size() > Limits.SESSIONS) {
            sessions.remove(sessions.firstEntry().getKey());
        }
        return session;
    }

    public synchronized Optional<Session> find(String id) {
        Held held = sessions.get(id);
        if (held == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (isOver(held, now)) {
            sessions.remove(id);
            return Optional.empty();
        }
        sessions.put(id, new Held(held.session(), now));
        return Optional.of(held.session());
    }

    /// Of the tenant for whom the thread works, if any.
    private static boolean isOwn(Held held) {
        return Tenant.current()
                .map(tenant -> tenant.equals(held.session().tenant()))
                .orElse(true);
    }

    private static boolean isOver(Held held, Instant now) {
        boolean asksAnew = held.session().way() == Way.PROVIDER
                && held.session().opened().plus(Limits.VOUCHED).isBefore(now);
        return asksAnew || held.used().plus(Limits.SESSION_IDLE).isBefore(now);
    }

    public synchronized void close(String id) {
        sessions.remove(id);
    }

    /// Ends every session that was opened with this token.
    public synchronized void closeOf(String tokenId) {
        sessions.values().removeIf(held -> held.session().tokenId().equals(Optional.of(tokenId)));
    }

    /// Ends every session of people and tokens of a tenant.
    public synchronized void closeOf(Tenant tenant) {
        sessions.values().removeIf(held -> held.session().tenant().equals(tenant));
    }

    /// Ends every session of a person, but for this one.
    public synchronized void closeOf(String user, String but) {
        sessions.values()
                .removeIf(held -> isOwn(held)
                        && held.session().user().equals(user)
                        && held.session().tokenId().isEmpty()
                        && !held.session().id().equals(but));
    }

    /// Those that are open, newest use last, of the tenant for whom the thread works.
    public synchronized List<Held> all() {
        Instant now = clock.instant();
        sessions.values().removeIf(held -> isOver(held, now));
        return sessions.values().stream().filter(Sessions::isOwn).toList();
    }

    /// @return whose it was; empty where there is none
    public synchronized Optional<String> closeByHandle(String handle) {
        Optional<Session> found = sessions.values().stream()
                .filter(Sessions::isOwn)
                .map(Held::session)
                .filter(session -> session.handle().equals(handle))
                .findFirst();
        found.ifPresent(session -> sessions.remove(session.id()));
        return found.map(Session::user);
    }

    /// Only for the metrics.
    public synchronized Map<String, Integer> counts() {
        return Map.of("open", sessions.size());
    }
}
