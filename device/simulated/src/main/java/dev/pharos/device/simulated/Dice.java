// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

/// Chance that repeats: the same seed and question always give the same answer, and nothing is kept.
record Dice(long seed) {
    /// Between 0 and `sides` - 1.
    int roll(long question, int sides) {
        return (int) Long.remainderUnsigned(mix(seed ^ mix(question)), sides);
    }

    int roll(String question, int sides) {
        long sum = 0;
        for (int i = 0; i < question.length(); i++) {
            sum = sum * 31 + question.charAt(i);
        }
        return roll(sum, sides);
    }

    long bits(long question) {
        return mix(seed ^ mix(question));
    }

    Dice with(long more) {
        return new Dice(mix(seed + more));
    }

    /// The finalizer of SplitMix64: every bit of the input reaches every bit of the output.
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
