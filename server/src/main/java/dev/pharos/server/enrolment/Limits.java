// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.enrolment;

import java.time.Duration;

/// The bounds of enrolment, each with its reason.
final class Limits {
    private Limits() {}

    /// A certificate of a device: it is renewed after two thirds of that, which leaves a month to a device that was
    /// switched off.
    static final int CERTIFICATE_DAYS = 90;

    /// When a device that waits for approval asks again: nobody waits long for it, and a thousand such devices are
    /// thirty requests a second.
    static final Duration APPROVAL_ASKED = Duration.ofSeconds(30);

    /// When a device asks again whose request could not be answered.
    static final Duration TROUBLE = Duration.ofSeconds(60);

    /// A certificate request: one with an RSA key of 8192 bits takes three kilobytes, in base64 four.
    static final int BODY_BYTES = 16 * 1024;

    static final int REQUEST_LINE_BYTES = 1_024;
    static final int HEADER_BYTES = 8 * 1024;

    /// Connections at once: each is there for a request or two.
    static final int CONNECTIONS = 4_000;

    static final int BACKLOG = 1_024;

    /// How long a connection may say nothing.
    static final Duration QUIET = Duration.ofSeconds(30);

    /// How long requests that are at work may take when the server stops.
    static final Duration GRACE = Duration.ofSeconds(2);

    /// Devices that enrol at the same moment and never wait for each other; those that share one of these do.
    static final int STRIPES = 64;

    /// Devices that have come to a broker by a bootstrap and wait for a login: twice as many as the broker has places.
    static final int NEWCOMERS = 20_000;

    /// Devices that are given a login at the same moment: each is a request under way, and a batch of thousands is
    /// served within minutes.
    static final int LOGINS_GIVEN_AT_ONCE = 32;

    /// Of a device's password: nobody guesses it, so that a plain hash of it is enough; 32 characters.
    static final int PASSWORD_BYTES = 24;

    /// How long a device may take to write its login down.
    static final Duration ANSWER = Duration.ofSeconds(30);
}
