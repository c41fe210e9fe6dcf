// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.enrol;

import java.time.Duration;

/// The bounds of enrolment on the device, each with its reason.
final class Limits {
    private Limits() {}

    /// A certificate and those that signed it take a few kilobytes.
    static final int ANSWER_BYTES = 64 * 1024;

    /// What is shown of a server's reason.
    static final int REASON_CHARACTERS = 300;

    static final Duration CONNECT_TIME = Duration.ofSeconds(15);
    static final Duration ANSWER_TIME = Duration.ofSeconds(60);

    /// However the server wants it: sooner would trouble it, and later would leave a device without a certificate
    /// that an operator has let in.
    static final Duration SOONEST = Duration.ofSeconds(5);

    static final Duration LATEST = Duration.ofHours(1);

    /// How often it is looked whether the certificate is to be renewed: clocks jump, and devices sleep.
    static final Duration LOOK = Duration.ofHours(6);

    /// How long it may take to end what is being written when the agent stops.
    static final Duration CLOSING = Duration.ofSeconds(2);
}
