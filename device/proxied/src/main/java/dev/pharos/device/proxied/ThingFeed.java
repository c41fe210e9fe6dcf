// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// What a bridge tells of its things. None of this waits: it is shown a moment later, by a thread of the feed's own,
/// and of what changes faster than it can be shown the newest.
public final class ThingFeed {
    private static final Logger LOG = System.getLogger(ThingFeed.class.getName());

    private final ThingTable table;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, News> waiting = new LinkedHashMap<>();
    private final Map<String, Boolean> online = new HashMap<>();
    private boolean closed;

    ThingFeed(ThingTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    void start() {
        Thread.ofVirtual().name("proxied-devices").start(this::work);
    }

    /// Gives a thing a place, which it has until it is [#gone]: it is known, fewer than [Limits#THINGS] are, or one of
    /// those that are known is away and makes room.
    ///
    /// @return false where there is none
    public boolean admit(String thing) {
        lock.lock();
        try {
            if (!online.containsKey(thing) && online.size() >= Limits.THINGS && !makeRoom()) {
                return false;
            }
            online.put(thing, true);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The thing is there, and this is what it has. Values that were told before count no more.
    ///
    /// @return false where there is no room for it
    public boolean present(Thing thing) {
        if (!admit(thing.id())) {
            return false;
        }
        tell(thing.id(), news -> news.present(thing, clock.instant()));
        return true;
    }

    /// Lets go of a thing that is away.
    private boolean makeRoom() {
        Set<String> away = new HashSet<>();
        online.forEach((id, there) -> {
            if (!there && away.isEmpty()) {
                away.add(id);
            }
        });
        away.forEach(this::gone);
        return !away.isEmpty();
    }

    /// The thing has said these values.
    public void values(String thing, Map<String, String> byPoint) {
        tell(thing, news -> news.values(byPoint, clock.instant()));
    }

    /// The thing has shown that it is there.
    public void contacted(String thing) {
        tell(thing, news -> {
            news.contacted = clock.instant();
            news.online = true;
        });
    }

    /// The thing is away, and may come back: its row stays, with the last values.
    public void away(String thing) {
        lock.lock();
        try {
            online.replace(thing, false);
        } finally {
            lock.unlock();
        }
        tell(thing, news -> news.online = false);
    }

    /// The thing is no more.
    public void gone(String thing) {
        tell(thing, News::gone);
        lock.lock();
        try {
            online.remove(thing);
        } finally {
            lock.unlock();
        }
    }

    /// What nobody knows is not told.
    private void tell(String thing, Consumer<News> what) {
        lock.lock();
        try {
            if (!closed && online.containsKey(thing)) {
                what.accept(waiting.computeIfAbsent(thing, _ -> new News()));
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            for (Map<String, News> batch = next(); !batch.isEmpty(); batch = next()) {
                batch.forEach(this::publish);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, News> next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            Map<String, News> batch = closed ? Map.of() : new LinkedHashMap<>(waiting);
            waiting.clear();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void publish(String id, News news) {
        try {
            table.publish(id, news);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "what is new of a thing behind this device is not shown: " + failed.getMessage());
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
