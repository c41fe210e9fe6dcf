// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import java.time.Duration;

/// The bounds of a device's contact to its ACS, each with its reason.
final class Limits {
    private Limits() {}

    /// How long an ACS may take for one answer: as long as it waits for ours.
    static final Duration ANSWER = Duration.ofSeconds(30);

    /// Servers that send us on to others, within one session; more is a circle.
    static final int REDIRECTS = 5;

    /// Logins shown for one message: one to a challenge, one to the next where that is out of date.
    static final int LOGINS = 2;

    /// Cookies of one session and the characters of all of them: TR-069 wants several of 512 bytes.
    static final int COOKIES = 16;

    static final int COOKIE_CHARACTERS = 4_096;

    /// Between two sessions, whatever there is to tell: a value that changes all the time must not become a flood.
    static final Duration PAUSE = Duration.ofSeconds(1);

    /// Informs that an ACS has planned (ScheduleInform), at once.
    static final int PLANNED = 16;
}
