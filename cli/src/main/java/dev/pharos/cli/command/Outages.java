// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import dev.pharos.fleet.Fleet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Outages of the network, made by hand: each line on standard input is one.
final class Outages {
    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    private static final long LOOK_MILLIS = 50;
    private static final double SECOND = 1e9;

    private final Fleet fleet;
    private final PrintWriter out;

    private Outages(Fleet fleet, PrintWriter out) {
        this.fleet = fleet;
        this.out = out;
    }

    /// Returns at once; goes on until standard input ends or the program does.
    static void onEachLine(Fleet fleet, PrintWriter out) {
        Outages outages = new Outages(fleet, out);
        Thread.ofPlatform().daemon().name("outages").start(outages::run);
    }

    private void run() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))) {
            while (lines.readLine() != null) {
                one();
            }
        } catch (IOException gone) {
            LOG.debug("nobody asks for outages any more", gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void one() throws InterruptedException {
        long refusedBefore = fleet.counters().refused();
        long goneBefore = fleet.counters().disconnections();
        long begin = System.nanoTime();
        int cut = fleet.cut();
        say("cut " + cut + " connections");
        while (fleet.counters().disconnections() - goneBefore < cut
                || fleet.counters().connected() < cut) {
            Thread.sleep(LOOK_MILLIS);
        }
        say(String.format(
                Locale.ROOT,
                "%d back after %.1f s, %d attempts refused meanwhile",
                cut,
                (System.nanoTime() - begin) / SECOND,
                fleet.counters().refused() - refusedBefore));
    }

    private void say(String line) {
        out.println(Terminal.interactive() ? System.lineSeparator() + line : line);
        out.flush();
    }
}
