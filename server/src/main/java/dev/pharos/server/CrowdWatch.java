// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.mtp.Turnstile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells, once a second, how many found no place at the turnstile, where there were any.
final class CrowdWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CrowdWatch.class);

    /// Who is told how many were turned away on a transport.
    @FunctionalInterface
    interface Told {
        void turnedAway(String transport, long howMany);
    }

    private final Turnstile turnstile;
    private final Told told;
    private final Thread thread;

    CrowdWatch(Turnstile turnstile, Told told) {
        this.turnstile = turnstile;
        this.told = told;
        this.thread = Thread.ofVirtual().name("crowd-watch").unstarted(this::run);
    }

    static CrowdWatch start(Turnstile turnstile, Told told) {
        CrowdWatch watch = new CrowdWatch(turnstile, told);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(Limits.CROWD_TOLD);
                look();
            }
        } catch (InterruptedException stop) {
            LOG.debug("nobody is counted any more");
        }
    }

    void look() {
        turnstile.takeTurnedAway().forEach(told::turnedAway);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
