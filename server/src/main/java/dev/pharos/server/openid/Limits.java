// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import java.time.Duration;

/// The bounds of signing in by a provider, each with its reason.
final class Limits {
    /// A person waits for the answer; a provider that needs longer is as good as gone.
    static final Duration ANSWER = Duration.ofSeconds(10);

    /// Of one answer. What Microsoft says of itself, with a person in 200 groups, is a fifth of it.
    static final int ANSWER_BYTES = 256 * 1024;

    /// People whose answers are asked for at the same time: a provider that hangs holds so many requests, no more.
    static final int AT_ONCE = 16;

    /// From the button to the return: who looks for a second factor needs some minutes.
    static final Duration UNDER_WAY = Duration.ofMinutes(10);

    /// Sign-ins that ended within [#UNDER_WAY], so that none counts twice; the oldest makes room, and the provider
    /// takes a code once as well.
    static final int ENDED = 10_000;

    /// How far a provider's clock may be from ours.
    static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /// Providers change what they announce seldom, and their addresses with notice.
    static final Duration METADATA_FRESH = Duration.ofHours(1);

    /// Until what could not be had is asked for again without anybody signing in.
    static final Duration RETRY = Duration.ofSeconds(30);

    /// Providers announce new keys days before they use them, and an unknown one is looked for at once.
    static final Duration KEYS_FRESH = Duration.ofMinutes(15);

    /// Keys are asked for twice within it at most, whatever unknown keys tokens name.
    static final Duration KEYS_PAUSE = Duration.ofSeconds(30);

    /// Of the address within the page that somebody came from: that of a long query of devices fits.
    static final int BACK_CHARACTERS = 2_000;

    /// Groups of one person that are looked at; directories stop at 200 or a thousand.
    static final int GROUPS = 2_000;

    /// Of a subject; OpenID Connect Core 1.0 section 2 says 255.
    static final int SUBJECT_CHARACTERS = 255;

    /// Of what is said about a failure in the log.
    static final int REASON_CHARACTERS = 200;

    /// Providers of one server: each has a button on the sign-in page.
    static final int PROVIDERS = 20;

    /// Characters of what stands behind the names of those who come from one provider.
    static final int SUFFIX_CHARACTERS = 32;

    /// Groups with roles in the file: what somebody still reads.
    static final int RULES = 200;

    private Limits() {}
}
