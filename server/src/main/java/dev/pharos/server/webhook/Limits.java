// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import dev.pharos.mtp.RetryBackoff;
import java.time.Duration;

/// The bounds of webhooks, each with its reason.
public final class Limits {
    /// From the first byte that is sent to the last that is read: who only notes a delivery answers within a second.
    static final Duration ANSWER = Duration.ofSeconds(10);

    /// Of it, to connect.
    static final Duration CONNECT = Duration.ofSeconds(5);

    /// After this, a delivery that was taken is anybody's again: [#ANSWER], and what writing it down may take.
    static final Duration TAKEN = Duration.ofSeconds(30);

    /// Deliveries to one target at once, by each server: more than one, since each waits for a round trip; few, since
    /// receivers are often small.
    static final int AT_ONCE = 4;

    /// Deliveries that follow one another before the webhook is looked up again: a pause or another secret counts after
    /// a moment.
    static final int IN_A_ROW = 25;

    /// Connections to all targets together: as many as there may be webhooks, each with [#AT_ONCE].
    static final int CONNECTIONS = 400;

    /// Of an answer, what is read: more than any that says only that it came.
    static final int ANSWER_BYTES = 4_096;

    /// Of an answer, what is kept for people.
    static final int ANSWER_CHARACTERS = 500;

    /// 5 s to 10 s before the first retry, about an hour before those after the tenth.
    static final RetryBackoff BACKOFF = new RetryBackoff(Duration.ofSeconds(5), 2000);

    /// The longest wait between two tries: within a few of them, whoever repaired a receiver sees that it works.
    static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /// After this a delivery is given up: a night and a working day in which to repair a receiver.
    public static final Duration GIVEN_UP = Duration.ofHours(24);

    /// What was delivered is shown for so long.
    static final Duration DELIVERED_KEPT = Duration.ofDays(7);

    /// What was given up can be sent again for so long.
    static final Duration DEAD_KEPT = Duration.ofDays(30);

    /// How long a secret that was replaced still signs too.
    public static final Duration ROTATION = Duration.ofHours(24);

    /// Retries, and what other servers on the same database stored, are seen after this at the latest.
    static final Duration LOOK = Duration.ofSeconds(1);

    /// Between looks at what is past its keeping.
    static final Duration TIDY = Duration.ofMinutes(1);

    /// A stop waits for deliveries that are under way; those that are not done then are done by the next start.
    static final Duration STOP = Duration.ofSeconds(2);

    /// Longer than any address of a receiver that is not a mistake.
    static final int URL = 2_000;

    private Limits() {}
}
