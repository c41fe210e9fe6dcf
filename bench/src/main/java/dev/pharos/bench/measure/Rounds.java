// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Runs two sides in turn, A B B A, so that what drifts on the machine hits both, and compares them pair by
/// pair.
public final class Rounds {
    private static final int SETTLED = 3;
    private static final double AGREE = 0.05;
    private static final int MOST_WARM_UPS = 8;

    private static final Duration USUAL_TIME = Duration.ofMinutes(3);
    private static final int FEWEST = 3;

    private final int warmUps;
    private final int rounds;
    private final Duration most;

    /// @param warmUps measured before it counts; more, up to eight times as many, until three in a row of either side
    ///     agree within 5 %: a server that is still being compiled would be compared to a baseline that is not
    public Rounds(int warmUps, int rounds) {
        this(warmUps, rounds, USUAL_TIME);
    }

    /// @param most how long all of it may take, the warm-up half of it; after that no round is begun, once there were
    ///     three
    public Rounds(int warmUps, int rounds, Duration most) {
        this.warmUps = warmUps;
        this.rounds = rounds;
        this.most = most;
    }

    /// One side: runs once and returns its figure.
    @FunctionalInterface
    public interface Side {
        double measure() throws Exception;
    }

    public Outcome compare(Side ours, Side baseline, double target, boolean lowerIsBetter, String unit)
            throws Exception {
        long begin = System.nanoTime();
        warmUp(ours, baseline, begin + most.toNanos() / 2);
        long end = begin + most.toNanos();
        List<Double> mine = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds && (i < FEWEST || System.nanoTime() - end < 0); i++) {
            double a;
            double b;
            if (i % 2 == 0) {
                a = ours.measure();
                b = baseline.measure();
            } else {
                b = baseline.measure();
                a = ours.measure();
            }
            mine.add(a);
            theirs.add(b);
            ratios.add(a / b);
        }
        return new Outcome(median(ratios), target, lowerIsBetter, median(mine), median(theirs), unit, ratios.size());
    }

    private void warmUp(Side ours, Side baseline, long end) throws Exception {
        List<Double> mine = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        int done = 0;
        while (System.nanoTime() - end < 0
                && (done < warmUps || (done < warmUps * MOST_WARM_UPS && !(isSettled(mine) && isSettled(theirs))))) {
            mine.add(ours.measure());
            theirs.add(baseline.measure());
            done++;
        }
    }

    private static boolean isSettled(List<Double> measured) {
        if (measured.size() < SETTLED) {
            return false;
        }
        List<Double> last = measured.subList(measured.size() - SETTLED, measured.size());
        return Collections.max(last) <= Collections.min(last) * (1 + AGREE);
    }

    public static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
