// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Whether daemons are to be asked with this look: with every one for a while after something happened, and now and
/// again where nothing does. Thread-safe.
final class Lively {
    private final LongSupplier nanos;
    private long end;
    private long asked;
    private boolean told;

    Lively(LongSupplier nanos) {
        this.nanos = nanos;
        begin();
    }

    /// Something happened.
    synchronized void begin() {
        end = nanos.getAsLong() + Limits.LIVELY.toNanos();
    }

    /// Whether changes of files are told, so that nobody has to look for them.
    synchronized void isTold(boolean now) {
        told = now;
    }

    /// The time between two looks.
    synchronized Duration between() {
        if (isOn(nanos.getAsLong())) {
            return Limits.LOOK;
        }
        return told ? Limits.IDLE : Limits.REST;
    }

    private boolean isOn(long now) {
        return now - end < 0;
    }

    /// Counts as asked where it is.
    synchronized boolean isDue() {
        long now = nanos.getAsLong();
        boolean due = isOn(now) || now - asked >= Limits.IDLE.toNanos();
        if (due) {
            asked = now;
        }
        return due;
    }
}
