// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/// How far a transfer was at one moment.
///
/// @param time of day
/// @param nanos of the clock that nobody sets
/// @param bytes of the file that had been transferred
/// @param link what the link had counted; empty where the kernel does not say
record TransferMark(Instant time, long nanos, long bytes, Optional<LinkCounter.Reading> link) {

    static TransferMark now(long bytes, Optional<LinkCounter> link) {
        return new TransferMark(Instant.now(), System.nanoTime(), bytes, link.flatMap(LinkCounter::read));
    }

    /// The same, with another reading of the link.
    TransferMark with(Optional<LinkCounter.Reading> other) {
        return new TransferMark(time, nanos, bytes, other);
    }

    /// As TR-106 writes a time of day, to the microsecond.
    static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).toString();
    }

    String text() {
        return text(time);
    }

    /// Writes what came to pass since an earlier moment.
    ///
    /// @param test the output that takes the bytes of the file, such as `TestBytesReceived`
    /// @param suffix behind each name
    void since(TransferMark before, String test, String prefix, String suffix, Map<String, String> outputs) {
        outputs.put(prefix + test + suffix, Long.toString(bytes - before.bytes));
        if (link.isPresent() && before.link.isPresent()) {
            outputs.put(
                    prefix + "TotalBytesReceived" + suffix,
                    Long.toString(link.get().received() - before.link.get().received()));
            outputs.put(
                    prefix + "TotalBytesSent" + suffix,
                    Long.toString(link.get().sent() - before.link.get().sent()));
        }
    }
}
