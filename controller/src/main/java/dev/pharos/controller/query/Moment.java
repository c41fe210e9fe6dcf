// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import java.time.Duration;
import java.time.Instant;

/// What a time is compared with.
public sealed interface Moment {

    /// So long before the query is asked; the query compares ages: `lastSeen < 1h` is less than an hour old.
    record Ago(Duration age) implements Moment {}

    record At(Instant time) implements Moment {}
}
