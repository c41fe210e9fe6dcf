// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.time.Duration;

/// For how long what parameters were is kept.
///
/// @param samples each value as it was told
/// @param rolled five minutes of numbers in one
public record SeriesKeeping(Duration samples, Duration rolled) {
    public static final SeriesKeeping DEFAULT =
            new SeriesKeeping(Duration.ofDays(Limits.SAMPLE_DAYS), Duration.ofDays(Limits.ROLLED_DAYS));
}
