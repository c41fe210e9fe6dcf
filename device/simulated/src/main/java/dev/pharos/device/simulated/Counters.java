// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

/// What a counter shows after a time: computed, so that nothing has to count.
final class Counters {
    private static final int SLOWEST = 2_000;
    private static final int SPREAD = 60_000;
    private static final double WAVE_SECONDS = 3_600;
    private static final double WAVE_HEIGHT = 0.9;
    private static final int DOWNLOADS_PER_UPLOAD = 7;

    private Counters() {}

    /// @param path of the object that holds the counter
    /// @param activeMillis for how long its interface has worked
    static long value(Dice dice, String path, String counter, long activeMillis) {
        if (activeMillis <= 0) {
            return 0;
        }
        double perSecond = SLOWEST + dice.roll(path, SPREAD);
        if (isReceived(counter)) {
            perSecond *= DOWNLOADS_PER_UPLOAD;
        }
        double seconds = activeMillis / 1_000.0;
        // the derivative is never negative, so the counter never runs backwards
        double wave = WAVE_HEIGHT * WAVE_SECONDS / (2 * Math.PI) * Math.sin(2 * Math.PI * seconds / WAVE_SECONDS);
        return (long) (perSecond * (seconds + wave) / bytesPer(counter));
    }

    private static boolean isReceived(String counter) {
        return counter.endsWith("Received");
    }

    /// How many bytes pass between two steps of this counter.
    private static double bytesPer(String counter) {
        return switch (counter) {
            case "BytesSent", "BytesReceived" -> 1;
            case "PacketsSent", "PacketsReceived" -> 900;
            case "UnicastPacketsSent", "UnicastPacketsReceived" -> 930;
            case "MulticastPacketsSent", "MulticastPacketsReceived" -> 40_000;
            case "BroadcastPacketsSent", "BroadcastPacketsReceived" -> 90_000;
            case "AggregatedPacketCount", "GoodPLCPReceived" -> 3_000;
            case "RetransCount", "RetryCount" -> 50_000;
            case "MultipleRetryCount", "ACKFailureCount" -> 300_000;
            case "PacketsSentFailed", "PacketsDropped" -> 4e9;
            case "ErrorsSent", "ErrorsReceived", "Collisions" -> 2e9;
            case "DiscardPacketsSent", "DiscardPacketsReceived" -> 5e8;
            default -> 1e7;
        };
    }
}
