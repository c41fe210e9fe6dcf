// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.server.auth.SignInGuard;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks at the logins that devices show: as a Digest, or in clear where the connection is encrypted. Who shows a login
/// that nobody here has comes in as one without, since devices show what they have unasked. Thread-safe.
final class Gatekeeper {
    /// Part of every login: a change makes all of them void.
    static final String REALM = "Pharos TR-069";

    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]+))\\s*(?:,\\s*|$)");

    private final Function<String, Optional<byte[]>> secrets;
    private final Digest digest;
    private final SignInGuard guard;

    /// @param secrets what is kept of the login of this name
    Gatekeeper(Function<String, Optional<byte[]>> secrets, Clock clock) {
        this.secrets = secrets;
        this.digest = new Digest(REALM, clock);
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
        Judgement judgement = header.regionMatches(true, 0, "Digest ", 0, 7)
                ? digest(parameters(header.substring(7)), method, host)
                : header.regionMatches(true, 0, "Basic ", 0, 6) && encrypted
                        ? basic(header.substring(6).strip())
                        : new Judgement.Anonymous();
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
                .<Judgement>map(secret -> MessageDigest.isEqual(secret, Digest.secret(username, REALM, password))
                        ? new Judgement.Proven(username)
                        : new Judgement.Wrong(false))
                .orElseGet(Judgement.Anonymous::new);
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(text.strip());
        while (matcher.lookingAt()) {
            String quoted = matcher.group(2);
            String value = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        return parameters;
    }

    String challenge(String host, boolean stale) {
        return digest.challenge(host, stale);
    }
}
