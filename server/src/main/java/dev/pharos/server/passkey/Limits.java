// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

import java.time.Duration;

/// The bounds of passkeys, each with its reason.
public final class Limits {
    /// Of one person: a phone, a laptop, a key on the ring, and those that were replaced.
    public static final int PASSKEYS = 20;

    /// WebAuthn asks for 16 bytes at least (section 13.4.3); with 32 they cannot be guessed.
    static final int CHALLENGE_BYTES = 32;

    /// Time to find the phone and its cable; WebAuthn recommends five to ten minutes (section 15.1).
    public static final Duration CHALLENGE_LIFE = Duration.ofMinutes(5);

    /// Sign-ins under way at the same time, some MiB; the oldest makes room.
    static final int CHALLENGES = 10_000;

    /// Those of one address, behind which a whole office may be: who asks for more loses their own, not those of
    /// others.
    static final int CHALLENGES_OF_ADDRESS = 200;

    /// WebAuthn allows 64 at most (section 5.4.3).
    static final int HANDLE_BYTES = 32;

    private Limits() {}
}
