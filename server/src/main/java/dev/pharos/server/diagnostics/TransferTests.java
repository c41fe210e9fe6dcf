// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

import dev.pharos.server.link.LinkSeal;
import dev.pharos.server.store.ServerKeyStore;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// What devices measure transfers with where nobody names another server: this one gives bytes, and takes them. Each
/// link is good for one direction and for less than an hour. Thread-safe.
public final class TransferTests {
    /// The path of a link, before its direction.
    public static final String PATH = "/transfer-tests/";

    private final LinkSeal seal;
    private final Semaphore places = new Semaphore(Limits.TRANSFERS);
    private final Object lock = new Object();
    private long nextFree = System.nanoTime();

    private TransferTests(LinkSeal seal) {
        this.seal = seal;
    }

    /// With the key that all servers on one database share.
    public static TransferTests signedBy(ServerKeyStore keys, Clock clock) {
        return new TransferTests(LinkSeal.of(keys, "transfer tests", clock));
    }

    /// Which way the bytes go.
    public enum Direction {
        DOWNLOAD("download"),
        UPLOAD("upload");

        private final String text;

        Direction(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        private String what() {
            return "transfer test " + text;
        }
    }

    /// From now on devices reach this server here.
    ///
    /// @param url without a path
    public void servedAt(String url) {
        seal.servedAt(url);
    }

    /// @return empty before [#servedAt]
    Optional<String> link(Direction direction) {
        return seal.link(PATH + direction.text(), direction.what(), Limits.TRANSFER_LINK)
                .map(LinkSeal.Link::url);
    }

    public boolean isGood(Direction direction, String expires, String token) {
        return seal.isGood(direction.what(), expires, token);
    }

    /// One transfer begins.
    ///
    /// @return whether it may; then [#end] follows
    public boolean begin() {
        return places.tryAcquire();
    }

    public void end() {
        places.release();
    }

    /// Waits until so many bytes more may pass: all transfers together are no faster than [Limits#TRANSFER_RATE], so
    /// that devices are managed meanwhile.
    ///
    /// @throws InterruptedException where the server stops
    public void pace(int bytes) throws InterruptedException {
        long wait;
        synchronized (lock) {
            long now = System.nanoTime();
            long from = Math.max(now, nextFree);
            nextFree = from + bytes * 1_000_000_000L / Limits.TRANSFER_RATE;
            wait = from - now;
        }
        if (wait > 0) {
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
    }
}
