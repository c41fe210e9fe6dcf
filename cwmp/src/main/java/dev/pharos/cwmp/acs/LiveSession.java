// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import dev.pharos.cwmp.soap.Dialect;
import dev.pharos.cwmp.soap.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A session with what it is known by. One message at a time; who comes meanwhile is not made to wait.
final class LiveSession {
    private final AcsSession session;
    private final Key key;
    private final Duration patience;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Instant heard;

    /// @param device the canonical name of who it is with
    /// @param login with which the device has come
    /// @param number for people
    record Key(String cookie, String device, Optional<String> login, String number) {}

    /// @param patience how long it is kept without a sign of the device
    LiveSession(AcsSession session, Key key, Duration patience, InstantSource clock) {
        this.session = session;
        this.key = key;
        this.patience = patience;
        this.clock = clock;
        this.heard = clock.instant();
    }

    Key key() {
        return key;
    }

    /// What those are told who look on.
    AcsSessions.Belonging belonging() {
        return new AcsSessions.Belonging(key.number(), session.device());
    }

    /// Empty where another message is at work.
    Optional<AcsStep> next(Received received) {
        if (!lock.tryLock()) {
            return Optional.empty();
        }
        try {
            heard = clock.instant();
            AcsStep step = session.next(received);
            heard = clock.instant();
            return Optional.of(step);
        } catch (RuntimeException defect) {
            session.abandon("our own defect");
            throw defect;
        } finally {
            lock.unlock();
        }
    }

    /// Ends it, unless a message is at work.
    ///
    /// @return whether it is over now
    boolean abandon(String reason) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            session.abandon(reason);
            return true;
        } finally {
            lock.unlock();
        }
    }

    Dialect dialect() {
        return session.dialect();
    }

    boolean isSilent() {
        return heard.plus(patience).isBefore(clock.instant());
    }

    boolean isOver() {
        return session.isOver();
    }
}
