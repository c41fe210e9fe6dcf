// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The sessions of the page. They live in memory and end with the server: the page signs in again.
public final class Sessions {
    private final Clock clock;
    private final LinkedHashMap<String, Held> sessions = new LinkedHashMap<>(16, 0.75f, true);

    public Sessions(Clock clock) {
        this.clock = clock;
    }

    /// @param id what the cookie holds
    /// @param csrf what every request that changes something must carry
    /// @param tokenId the token that it was opened with: when that goes, so does the session
    public record Session(String id, String user, String csrf, String tokenId) {
        @Override
        public String toString() {
            return "Session[" + user + "]";
        }
    }

    private record Held(Session session, Instant used) {}

    public synchronized Session open(String user, String tokenId) {
        Session session =
                new Session(Secret.random(Limits.SECRET_BYTES), user, Secret.random(Limits.SECRET_BYTES), tokenId);
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
        if (held.used().plus(Limits.SESSION_IDLE).isBefore(now)) {
            sessions.remove(id);
            return Optional.empty();
        }
        sessions.put(id, new Held(held.session(), now));
        return Optional.of(held.session());
    }

    public synchronized void close(String id) {
        sessions.remove(id);
    }

    /// Ends every session that was opened with this token.
    public synchronized void closeOf(String tokenId) {
        sessions.values().removeIf(held -> held.session().tokenId().equals(tokenId));
    }

    /// Only for the metrics.
    public synchronized Map<String, Integer> counts() {
        return Map.of("open", sessions.size());
    }
}
