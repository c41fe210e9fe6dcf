// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.util.LongSummaryStatistics;
import java.util.Map;

/// How long answers took, in microseconds.
final class Times {
    private Times() {}

    /// Whole milliseconds, rounded up, as TR-181 has it: less than one is one.
    static long millis(long micros) {
        return Math.ceilDiv(micros, 1_000);
    }

    /// Writes `AverageResponseTime` and its companions in microseconds; all 0 where nothing answered.
    ///
    /// @param suffix behind each name
    static void micros(Map<String, String> outputs, LongSummaryStatistics times, String suffix) {
        outputs.put("AverageResponseTime" + suffix, Long.toString(Math.round(times.getAverage())));
        outputs.put("MinimumResponseTime" + suffix, Long.toString(times.getCount() == 0 ? 0 : times.getMin()));
        outputs.put("MaximumResponseTime" + suffix, Long.toString(times.getCount() == 0 ? 0 : times.getMax()));
    }

    /// The same in milliseconds.
    static void millis(Map<String, String> outputs, LongSummaryStatistics times) {
        outputs.put("AverageResponseTime", Long.toString(millis(Math.round(times.getAverage()))));
        outputs.put("MinimumResponseTime", Long.toString(times.getCount() == 0 ? 0 : millis(times.getMin())));
        outputs.put("MaximumResponseTime", Long.toString(times.getCount() == 0 ? 0 : millis(times.getMax())));
    }
}
