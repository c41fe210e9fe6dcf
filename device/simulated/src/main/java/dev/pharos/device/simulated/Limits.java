// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import java.time.Duration;

/// Bounds of a simulated gateway, each with its reason.
final class Limits {
    /// The lease pool of the factory content has this many addresses.
    static final int CLIENTS = 100;

    /// A pace faster than this would only measure the scheduler.
    static final Duration FASTEST_PACE = Duration.ofMillis(10);

    /// Long enough for a subscriber to see it as a state of its own.
    static final Duration VALIDATION = Duration.ofMillis(300);

    /// Lets the answer to Activate() leave before the gateway restarts.
    static final Duration BEFORE_REBOOT = Duration.ofSeconds(1);

    /// How long a scan of the neighbourhood takes.
    static final Duration SCAN = Duration.ofMillis(800);

    /// How long somebody takes to push the button of the other device.
    static final Duration PUSH_BUTTON = Duration.ofMillis(800);

    /// Of an image, where it says what it does to the gateway: a line of a terminal and some more.
    static final int IMAGE_HEAD = 256;

    /// Faster than this a gateway would not be back before it restarts again.
    static final Duration FASTEST_RESTARTS = Duration.ofSeconds(5);

    /// Of the log: some days of what happens in a home, and little memory where thousands of gateways live in one
    /// process.
    static final int LOG_LINES = 200;

    /// What so many lines can have.
    static final long LOG_BYTES = LOG_LINES * 200L;

    private Limits() {}
}
