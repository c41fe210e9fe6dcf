// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.mtp.HttpDigest;
import dev.pharos.server.auth.SignInGuard;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks at the logins that devices show: as a Digest, or in clear where the connection is encrypted. Who shows a login
/// that nobody here has comes in as one without, since devices show what they have unasked. Thread-safe.
final class Gatekeeper {
    /// Part of every login: a change makes all of them void.
    static final String REALM = "Pharos TR-069";

    private final Function<String, Optional<byte[]>> secrets;
    private final HttpDigest digest;
    private final SignInGuard guard;

    /// @param secrets what is kept of the login of this name
    Gatekeeper(Function<String, Optional<byte[]>> secrets, Clock clock) {
        this.secrets = secrets;
        this.digest = new HttpDigest(REALM, clock);
        this.guard = new SignInGuard(clock);
    }

    /// What becomes of a request.
    sealed interface Judgement {
        /// It shows no login of ours.
        record Anonymous() implements Judgement {}

        record Proven(String username) implements Judgement {}

        /// @param stale whether the same login would be right in answer to the next challenge
        record Wrong(boolean stale) implements Judgement {}

        /// The address has failed too often.
        record Barred(long seconds) implements Judgement {}
    }

    /// @param header `Authorization`, null where there is none
    /// @param encrypted whether nobody else could read it
    Judgement judge(@Nullable String header, String method, String host, boolean encrypted) {
        if (header == null) {
            return new Judgement.Anonymous();
        }
        Optional<java.time.Duration> barred = guard.wait(host);
        if (barred.isPresent()) {
            return new Judgement.Barred(Math.max(1, barred.get().toSeconds()));
        }
        Judgement judgement = HttpDigest.parameters(header)
                .map(said -> digest(said, method, host))
                .orElseGet(() -> header.regionMatches(true, 0, "Basic ", 0, 6) && encrypted
                        ? basic(header.substring(6).strip())
                        : new Judgement.Anonymous());
        switch (judgement) {
            case Judgement.Wrong(boolean stale) -> {
                if (!stale) {
                    guard.failed(host);
                }
            }
            case Judgement.Proven _ -> guard.succeeded(host);
            case Judgement.Anonymous _, Judgement.Barred _ -> {}
        }
        return judgement;
    }

    private Judgement digest(Map<String, String> said, String method, String host) {
        return switch (digest.judge(said, method, host, secrets)) {
            case RIGHT -> new Judgement.Proven(said.getOrDefault("username", ""));
            case WRONG -> new Judgement.Wrong(false);
            case STALE -> new Judgement.Wrong(true);
            case NONE -> new Judgement.Anonymous();
        };
    }

    private Judgement basic(String encoded) {
        String login;
        try {
            login = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException nonsense) {
            return new Judgement.Anonymous();
        }
        int colon = login.indexOf(':');
        String username = colon < 0 ? login : login.substring(0, colon);
        String password = colon < 0 ? "" : login.substring(colon + 1);
        return secrets.apply(username)
                .<Judgement>map(secret -> MessageDigest.isEqual(secret, HttpDigest.secret(username, REALM, password))
                        ? new Judgement.Proven(username)
                        : new Judgement.Wrong(false))
                .orElseGet(Judgement.Anonymous::new);
    }

    String challenge(String host, boolean stale) {
        return digest.challenge(host, stale);
    }
}
