// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A receiver that keeps all it is told, in order, for a test to ask for.
public final class RecordingReceiver implements MtpReceiver {
    /// Generous, since a test that passes never waits for it.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// What a transport told.
    public sealed interface Event {
        record Connected(MtpConnection connection) implements Event {}

        record Received(MtpConnection connection, Bytes record) implements Event {}

        record Disconnected(MtpConnection connection, String reason) implements Event {}

        record Refused(PeerIdentity peer, String reason) implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    @Override
    public void connected(MtpConnection connection) {
        events.add(new Event.Connected(connection));
    }

    @Override
    public void received(MtpConnection connection, Bytes record) {
        events.add(new Event.Received(connection, record));
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        events.add(new Event.Disconnected(connection, reason));
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        events.add(new Event.Refused(peer, reason));
    }

    /// Waits for the next event and takes it out.
    ///
    /// @throws AssertionError where the next one is of another kind, or none comes
    public <E extends Event> E next(Class<E> kind) {
        Event event = next();
        if (!kind.isInstance(event)) {
            throw new AssertionError("wanted " + kind.getSimpleName() + " but came " + event);
        }
        return kind.cast(event);
    }

    /// Waits for the next event of a kind and takes it and all before it out.
    public <E extends Event> E skipTo(Class<E> kind) {
        while (true) {
            Event event = next();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    public MtpConnection nextConnected() {
        return next(Event.Connected.class).connection();
    }

    public Bytes nextRecord() {
        return next(Event.Received.class).record();
    }

    /// What has come and was not taken yet; takes nothing out.
    public List<Event> pending() {
        return new ArrayList<>(events);
    }

    private Event next() {
        try {
            Event event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new AssertionError("nothing came within " + PATIENCE.toSeconds() + " s");
            }
            return event;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", interrupted);
        }
    }
}
