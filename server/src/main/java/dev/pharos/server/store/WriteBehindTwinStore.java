// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinUpdate;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A store of twins that keeps what devices answered to reads a moment later and together, so that nobody who reads a
/// device waits for the database. Everything else is kept at once, and after what waits of the same device; whoever
/// asks for a twin sees what waits too.
///
/// While the database is gone they wait for it, within bounds; whoever asks for a twin then is told that it is gone. A
/// server that is killed loses the last moment's reads, which no one was promised: the twin then holds the values
/// of before, with their age.
public final class WriteBehindTwinStore implements TwinStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehindTwinStore.class);

    private final TwinStore store;
    private final Duration retry;
    private final ConcurrentHashMap<EndpointId, UnkeptReads> unkept = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<EndpointId> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger values = new AtomicInteger();
    private final Thread writer;
    private volatile boolean closing;

    private WriteBehindTwinStore(TwinStore store, Duration retry) {
        this.store = store;
        this.retry = retry;
        this.writer = Thread.ofVirtual().name("twin-writer").unstarted(this::run);
    }

    /// @param store where they are kept
    public static WriteBehindTwinStore over(TwinStore store) {
        return over(store, Limits.TWIN_RETRY);
    }

    /// @param retry the time after a failure, until the next try
    static WriteBehindTwinStore over(TwinStore store, Duration retry) {
        WriteBehindTwinStore behind = new WriteBehindTwinStore(store, retry);
        behind.writer.start();
        return behind;
    }

    @Override
    public void putSoon(EndpointId device, Collection<TwinValue> learnt) {
        if (!later(device, learnt.size(), reads -> reads.put(learnt))) {
            put(device, learnt);
        }
    }

    @Override
    public void replaceUnderSoon(EndpointId device, String objectPath, Collection<TwinValue> learnt) {
        if (!later(device, learnt.size(), reads -> reads.replaceUnder(objectPath, learnt))) {
            replaceUnder(device, objectPath, learnt);
        }
    }

    /// @return false where too much waits already
    private boolean later(EndpointId device, int size, UnkeptReads.Change change) {
        if (closing || values.get() + size > Limits.UNKEPT_VALUES) {
            return false;
        }
        while (true) {
            UnkeptReads reads = unkept.computeIfAbsent(device, any -> new UnkeptReads(values));
            switch (reads.change(change)) {
                case FIRST -> {
                    waiting.add(device);
                    return true;
                }
                case ANOTHER -> {
                    return true;
                }
                // between the look-up and the change
                case ENDED -> unkept.remove(device, reads);
            }
        }
    }

    private void run() {
        try {
            Duration pause = Limits.TWIN_DELAY;
            while (!closing) {
                // together with what comes meanwhile
                Thread.sleep(pause);
                pause = keepWaiting() ? Limits.TWIN_DELAY : retry;
            }
        } catch (InterruptedException stop) {
            closing = true;
        }
        keepLast();
    }

    /// Keeps everything that waits, in one try.
    private void keepLast() {
        try {
            unkept.keySet().forEach(this::settle);
        } catch (StoreException failed) {
            LOG.warn(
                    "what {} devices answered last is not kept in their twins: {}", unkept.size(), failed.getMessage());
        }
    }

    /// @return false where the store could not
    private boolean keepWaiting() {
        while (true) {
            Map<EndpointId, UnkeptReads> some = take();
            if (some.isEmpty()) {
                return true;
            }
            if (!keepTogether(some) && !keepEach(some.keySet())) {
                return false;
            }
        }
    }

    /// Some of the devices that wait, each of them locked: no more than one statement should keep.
    private Map<EndpointId, UnkeptReads> take() {
        Map<EndpointId, UnkeptReads> some = new LinkedHashMap<>();
        int taken = 0;
        while (some.size() < Limits.TWINS_TOGETHER && taken < Limits.TWIN_VALUES_TOGETHER) {
            EndpointId next = waiting.poll();
            if (next == null) {
                return some;
            }
            UnkeptReads reads = unkept.get(next);
            if (reads != null && !some.containsKey(next)) {
                reads.lock();
                some.put(next, reads);
                taken += reads.size();
            }
        }
        return some;
    }

    /// Keeps what waits of devices that are locked, and unlocks them.
    ///
    /// @return false where the store cannot take them so
    private boolean keepTogether(Map<EndpointId, UnkeptReads> some) {
        try {
            Map<EndpointId, TwinUpdate> updates = new LinkedHashMap<>();
            some.forEach((device, reads) -> updates.put(device, reads.waiting()));
            store.updateAll(updates);
            some.forEach(this::kept);
            return true;
        } catch (StoreException failed) {
            return false;
        } finally {
            some.values().forEach(UnkeptReads::unlock);
        }
    }

    /// Keeps them one by one, so that one that cannot be kept is in nobody's way.
    ///
    /// @return false where there is to be another try, for which all that is not kept waits
    private boolean keepEach(Collection<EndpointId> devices) {
        boolean all = true;
        for (EndpointId device : devices) {
            if (all) {
                all = keep(device);
            } else {
                waiting.add(device);
            }
        }
        return all;
    }

    /// Keeps what waits of this device, or lets it wait for another try, or gives it up in the end.
    ///
    /// @return false where there is to be another try
    private boolean keep(EndpointId device) {
        try {
            settle(device);
            return true;
        } catch (StoreException failed) {
            UnkeptReads reads = unkept.get(device);
            if (reads == null) {
                return true;
            }
            if (reads.failed() < Limits.TWIN_TRIES) {
                waiting.add(device);
                return false;
            }
            LOG.warn("what {} answered could not be kept in its twin: {}", device, failed.getMessage());
            lost(device, reads);
            return true;
        }
    }

    /// Keeps what waits of this device; waits for whoever is about to.
    ///
    /// @throws StoreException where it could not be kept: it goes on waiting
    private void settle(EndpointId device) {
        UnkeptReads reads = unkept.get(device);
        if (reads == null) {
            return;
        }
        reads.lock();
        try {
            if (reads.size() > 0) {
                store.updateAll(Map.of(device, reads.waiting()));
            }
            kept(device, reads);
        } finally {
            reads.unlock();
        }
    }

    private void kept(EndpointId device, UnkeptReads reads) {
        reads.end(true);
        unkept.remove(device, reads);
    }

    private void lost(EndpointId device, UnkeptReads reads) {
        reads.end(false);
        unkept.remove(device, reads);
    }

    /// Waits for its turn to be kept together with others.
    @Override
    public void awaitKept(EndpointId device) {
        UnkeptReads reads = unkept.get(device);
        if (reads != null && !reads.awaitEnd(Limits.TWIN_PATIENCE)) {
            throw new StoreException("what " + device + " answered could not be kept in its twin");
        }
    }

    @Override
    public void put(EndpointId device, Collection<TwinValue> learnt) {
        settle(device);
        store.put(device, learnt);
    }

    @Override
    public void putAll(Map<EndpointId, List<TwinValue>> learnt) {
        learnt.keySet().forEach(this::settle);
        store.putAll(learnt);
    }

    @Override
    public void replaceUnder(EndpointId device, String objectPath, Collection<TwinValue> learnt) {
        settle(device);
        store.replaceUnder(device, objectPath, learnt);
    }

    @Override
    public void updateAll(Map<EndpointId, TwinUpdate> updates) {
        updates.keySet().forEach(this::settle);
        store.updateAll(updates);
    }

    @Override
    public void put(EndpointId device, Collection<TwinValue> learnt, Collection<TwinValue> past) {
        settle(device);
        store.put(device, learnt, past);
    }

    @Override
    public void removeUnder(EndpointId device, String objectPath) {
        settle(device);
        store.removeUnder(device, objectPath);
    }

    @Override
    public List<TwinValue> list(EndpointId device, String prefix, int limit) {
        settle(device);
        return store.list(device, prefix, limit);
    }

    @Override
    public Optional<TwinValue> find(EndpointId device, String path) {
        settle(device);
        return store.find(device, path);
    }

    @Override
    public int count(EndpointId device) {
        settle(device);
        return store.count(device);
    }

    @Override
    public void delete(EndpointId device) {
        UnkeptReads reads = unkept.get(device);
        if (reads != null) {
            lost(device, reads);
        }
        store.delete(device);
    }

    /// How many values wait to be kept.
    int waiting() {
        return values.get();
    }

    /// Keeps what waits.
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(Duration.ofSeconds(4));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
