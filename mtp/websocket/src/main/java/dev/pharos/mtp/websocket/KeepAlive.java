// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks at all sessions of the process now and then, and has those ping that are due. One timer for all, since a timer
/// for each session would cost more memory than the session; and none where there is no session. Thread-safe.
final class KeepAlive {
    private final Set<WebSocketConnection> watched = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledFuture<?> timer;
    private long tick;

    synchronized void watch(WebSocketConnection connection) {
        watched.add(connection);
        long wanted = connection.keepAliveTick().toMillis();
        if (timer == null || wanted < tick) {
            stop();
            tick = wanted;
            timer = connection.loop().scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.MILLISECONDS);
        }
    }

    synchronized void forget(WebSocketConnection connection) {
        watched.remove(connection);
        if (watched.isEmpty()) {
            stop();
        }
    }

    synchronized void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void tick() {
        long now = System.nanoTime();
        for (WebSocketConnection connection : watched) {
            connection.keepAlive(now);
        }
    }
}
