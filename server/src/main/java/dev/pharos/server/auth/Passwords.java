// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Passwords and their hashes: Argon2id as Spring Security has it by default, 16 MiB and two passes. Since each takes
/// that memory and a while, only a few are computed at the same time.
public final class Passwords {
    private final Argon2PasswordEncoder argon = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final Semaphore turns = new Semaphore(Limits.PASSWORDS_AT_ONCE, true);

    /// Of no password: what is asked for by the name of nobody takes as long.
    private final String nobodys = encoded(Secret.random(Limits.SECRET_BYTES));

    /// One that is shown once, to be changed by whom it is for.
    static String oneTime() {
        return Secret.random(Limits.ONE_TIME_BYTES);
    }

    /// Why this is no good password; empty where it is one.
    public static Optional<String> wrong(String user, String password) {
        if (password.length() < Limits.SHORTEST_PASSWORD || password.length() > Limits.LONGEST_PASSWORD) {
            return Optional.of("must have " + Limits.SHORTEST_PASSWORD + " to " + Limits.LONGEST_PASSWORD
                    + " characters; some words with spaces between them are easy to remember");
        }
        if (password.toLowerCase(Locale.ROOT).contains(user.toLowerCase(Locale.ROOT))) {
            return Optional.of("must not hold the name of its user");
        }
        if (password.chars().distinct().count() < Limits.DISTINCT_CHARACTERS) {
            return Optional.of("must have at least " + Limits.DISTINCT_CHARACTERS + " different characters");
        }
        return Optional.empty();
    }

    private String encoded(String password) {
        return Objects.requireNonNull(argon.encode(password), "only no password has no hash");
    }

    String hash(String password) {
        turns.acquireUninterruptibly();
        try {
            return encoded(password);
        } finally {
            turns.release();
        }
    }

    /// @param hash empty for somebody who is not here
    boolean isRight(String password, Optional<String> hash) {
        turns.acquireUninterruptibly();
        try {
            return argon.matches(password, hash.orElse(nobodys)) && hash.isPresent();
        } finally {
            turns.release();
        }
    }
}
