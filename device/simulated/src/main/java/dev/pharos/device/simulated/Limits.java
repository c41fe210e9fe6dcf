// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import java.time.Duration;

/// Bounds of a simulated gateway, each with its reason.
final class Limits {
    /// The lease pool of the factory content has this many addresses.
    static final int CLIENTS = 100;

    /// A pace faster than this would only measure the scheduler.
    static final Duration FASTEST_PACE = Duration.ofMillis(10);

    /// Echo requests of one IPPing() or TraceRoute(): more would keep a request row for hours.
    static final long PINGS = 1_000;

    /// The size of an image whose Download() does not say: that of a small router.
    static final long IMAGE_BYTES = 16L << 20;

    /// The speed of the simulated line.
    static final long BYTES_PER_SECOND = 8L << 20;

    /// However large the image says to be, a campaign over thousands of gateways shall end.
    static final Duration LONGEST_DOWNLOAD = Duration.ofSeconds(60);

    /// Long enough for a subscriber to see it as a state of its own.
    static final Duration VALIDATION = Duration.ofMillis(300);

    /// Lets the answer to Activate() leave before the gateway restarts.
    static final Duration BEFORE_REBOOT = Duration.ofSeconds(1);

    /// The latest that a time window may begin or end; the definition has no bound.
    static final Duration FURTHEST_WINDOW = Duration.ofDays(7);

    /// How long a scan of the neighbourhood takes.
    static final Duration SCAN = Duration.ofMillis(800);

    /// How long somebody takes to push the button of the other device.
    static final Duration PUSH_BUTTON = Duration.ofMillis(800);

    private Limits() {}
}
