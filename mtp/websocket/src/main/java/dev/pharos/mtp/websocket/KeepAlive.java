// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Looks at all sessions of the process a few times a second and has those ping that are due. One timer for
/// all, since a timer for each session would cost more memory than the session.
final class KeepAlive {
    private final Set<WebSocketConnection> watched = ConcurrentHashMap.newKeySet();
    private final ScheduledFuture<?> timer;

    KeepAlive(EventLoop loop) {
        long tick = Limits.KEEP_ALIVE_TICK.toMillis();
        timer = loop.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.MILLISECONDS);
    }

    void watch(WebSocketConnection connection) {
        watched.add(connection);
    }

    void forget(WebSocketConnection connection) {
        watched.remove(connection);
    }

    void stop() {
        timer.cancel(false);
    }

    private void tick() {
        long now = System.nanoTime();
        for (WebSocketConnection connection : watched) {
            connection.keepAlive(now);
        }
    }
}
