// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.StoreException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The servers that work on one database, of which this is one: each says every few seconds that it runs, by the
/// database's clock. Who has not said so for [Limits#SERVER_SILENT] has ended, and what it had is for the
/// others.
public final class ServerRoll implements AutoCloseable {
    /// With one parameter, the seconds of silence.
    static final String RUNNING = "select name from servers where seen > now() - make_interval(secs => ?)";

    private static final Logger LOG = LoggerFactory.getLogger(ServerRoll.class);

    private final Database database;
    private final String name;
    private final Thread pulse = Thread.ofVirtual().name("server-roll").unstarted(this::run);
    /// Held while something of us is written, so that we do not come back onto the roll after we went.
    private final ReentrantLock writing = new ReentrantLock();

    private boolean left;
    private volatile Set<String> others = Set.of();
    private volatile boolean metOthers;
    private final LongSupplier nanos;
    private volatile long steadySince;
    private volatile News news = new News(() -> {}, () -> {});

    /// Who is told, on the thread that says that we run.
    ///
    /// @param anotherEnded another server runs no more
    /// @param returned we have been silent for so long that others may have taken us for ended
    public record News(Runnable anotherEnded, Runnable returned) {}

    /// @param nanos a clock that never goes back, in nanoseconds
    ServerRoll(Database database, String name, LongSupplier nanos) {
        this.database = database;
        this.name = name;
        this.nanos = nanos;
        this.steadySince = nanos.getAsLong();
    }

    /// @param name what tells this server from the others, the same after each start; of letters and digits
    /// @throws StoreException where the database cannot be written
    public static ServerRoll enter(Database database, String name) {
        ServerRoll roll = alone(database, name);
        roll.say();
        roll.pulse.start();
        return roll;
    }

    /// Of a server that has the database for itself and says nothing.
    static ServerRoll alone(Database database, String name) {
        return new ServerRoll(database, name, System::nanoTime);
    }

    public void tell(News told) {
        news = told;
    }

    public String name() {
        return name;
    }

    /// Whether other servers run, as of a few seconds ago.
    boolean othersRun() {
        return !others.isEmpty();
    }

    /// Whether there were other servers since our start, and we have said for a whole [Limits#SERVER_SILENT]
    /// that we run, so that whoever runs had the time to say so too: after an outage of the database all have
    /// been silent.
    boolean knowsWhoEnded() {
        return metOthers && nanos.getAsLong() - steadySince > Limits.SERVER_SILENT.toNanos();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(Limits.SERVER_PULSE);
                beat();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Says once more that we run, and tells what is news.
    void beat() {
        try {
            if (!say()) {
                LOG.warn("this server could not say for {} s that it runs", Limits.SERVER_SILENT.toSeconds());
                steadySince = nanos.getAsLong();
                news.returned().run();
            }
        } catch (StoreException unavailable) {
            LOG.debug("that this server runs could not be said", unavailable);
        }
    }

    /// @return whether the others still knew of us
    private boolean say() {
        Set<String> running;
        writing.lock();
        try {
            if (left) {
                return true;
            }
            running = written();
        } finally {
            writing.unlock();
        }
        boolean known = running.remove(name);
        boolean anotherEnded = !running.containsAll(others);
        others = Set.copyOf(running);
        metOthers |= !running.isEmpty();
        if (anotherEnded) {
            news.anotherEnded().run();
        }
        return known;
    }

    /// Who ran before we said that we do.
    private Set<String> written() {
        double silent = Limits.SERVER_SILENT.toSeconds();
        return database.inTransaction(handle -> {
            Set<String> named = handle.createQuery(RUNNING)
                    .bind(0, silent)
                    .mapTo(String.class)
                    .set();
            handle.execute(
                    "insert into servers (name, seen) values (?, now()) on conflict (name) do update set seen = now()",
                    name);
            handle.execute("delete from servers where seen < now() - make_interval(secs => ?)", 10 * silent);
            return named;
        });
    }

    /// Goes from the roll.
    @Override
    public void close() {
        writing.lock();
        try {
            left = true;
            pulse.interrupt();
            database.with(handle -> handle.execute("delete from servers where name = ?", name));
        } catch (StoreException later) {
            LOG.debug("others will see by our silence that we have ended", later);
        } finally {
            writing.unlock();
        }
    }
}
