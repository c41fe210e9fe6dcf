// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How a report says when its values were collected.
enum ReportTime {
    /// Milliseconds since 1970, as TR-181 says; the examples of TR-369 show seconds.
    UNIX_EPOCH,
    ISO_8601,
    NONE;

    static ReportTime of(String value) {
        return switch (value) {
            case "Unix-Epoch" -> UNIX_EPOCH;
            case "ISO-8601" -> ISO_8601;
            default -> NONE;
        };
    }

    /// The time as text; empty where none is wanted.
    String text(Instant collected) {
        return switch (this) {
            case UNIX_EPOCH -> Long.toString(collected.toEpochMilli());
            case ISO_8601 -> collected.truncatedTo(ChronoUnit.SECONDS).toString();
            case NONE -> "";
        };
    }
}
