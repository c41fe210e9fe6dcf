// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// How much is lost, comes twice and comes too late on the way; each in percent of what is sent.
///
/// @param reordered those that the next one overtakes
public record Weather(int lost, int repeated, int reordered) {
    public static final Weather FAIR = new Weather(0, 0, 0);

    /// What became of things on one way, or on several together.
    public record Toll(int lost, int repeated, int reordered) {
        static final Toll NONE = new Toll(0, 0, 0);

        public Toll and(Toll other) {
            return new Toll(lost + other.lost, repeated + other.repeated, reordered + other.reordered);
        }
    }

    /// One way, as a seed decides; for any thread.
    static final class Way<T> {
        private final Random chance;
        private @Nullable T overtaken;
        private int lost;
        private int repeated;
        private int reordered;

        Way(long seed) {
            this.chance = new Random(seed);
        }

        private boolean happens(int percent) {
            return chance.nextInt(100) < percent;
        }

        /// @return what arrives now that this one is sent, in the order of its arrival
        List<T> pass(T sent, Weather weather) {
            return pass(sent, sent, weather);
        }

        /// @param again what arrives the second time
        synchronized List<T> pass(T sent, T again, Weather weather) {
            if (overtaken == null && happens(weather.reordered)) {
                overtaken = sent;
                reordered++;
                return List.of();
            }
            List<T> now = new ArrayList<>();
            if (happens(weather.lost)) {
                lost++;
            } else {
                now.add(sent);
            }
            if (happens(weather.repeated)) {
                now.add(again);
                repeated++;
            }
            if (overtaken != null) {
                now.add(overtaken);
                overtaken = null;
            }
            return now;
        }

        synchronized Toll toll() {
            return new Toll(lost, repeated, reordered);
        }
    }
}
