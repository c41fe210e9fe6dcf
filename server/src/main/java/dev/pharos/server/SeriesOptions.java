// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.server.store.SeriesKeeping;
import java.time.Duration;
import picocli.CommandLine.Option;

/// For how long what parameters were is kept.
final class SeriesOptions {
    /// Ten years.
    private static final int MOST_DAYS = 3_650;

    @Option(
            names = "--samples-days",
            paramLabel = "DAYS",
            description = "how long each value of a parameter that is kept stays (default ${DEFAULT-VALUE})")
    int samplesDays = (int) SeriesKeeping.DEFAULT.samples().toDays();

    @Option(
            names = "--rollup-days",
            paramLabel = "DAYS",
            description = "how long least, mean and most of each five minutes of it stay (default ${DEFAULT-VALUE})")
    int rollupDays = (int) SeriesKeeping.DEFAULT.rolled().toDays();

    /// @throws StartException where it is no time
    SeriesKeeping keeping() throws StartException {
        for (int days : new int[] {samplesDays, rollupDays}) {
            if (days < 1 || days > MOST_DAYS) {
                throw StartException.usage("--samples-days and --rollup-days: 1 to " + MOST_DAYS);
            }
        }
        return new SeriesKeeping(Duration.ofDays(samplesDays), Duration.ofDays(rollupDays));
    }
}
