// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Whoever asks for a login by HTTP Digest with MD5 (RFC 2617), which is what both ends of TR-069 have. A nonce is for
/// one address and some minutes; how often it is used is not counted, since devices do not count. Thread-safe.
public final class HttpDigest {
    private static final String SCHEME = "Digest ";
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]+))\\s*(?:,\\s*|$)");
    private static final String ALGORITHM = "HmacSHA256";

    /// How long an answer to a challenge may be shown.
    public static final Duration NONCE_LIFE = Duration.ofMinutes(5);

    private static final int RANDOM_BYTES = 8;
    private static final int SIGNATURE_CHARACTERS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String realm;
    private final InstantSource clock;
    private final SecretKeySpec key;

    public HttpDigest(String realm, InstantSource clock) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        this.realm = realm;
        this.clock = clock;
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /// What of a login is kept: as good as the password, but in this realm alone.
    public static byte[] secret(String username, String realm, String password) {
        return md5(username + ":" + realm + ":" + password);
    }

    /// What to say in `WWW-Authenticate`.
    ///
    /// @param stale whether the answer before was right but too late
    public String challenge(String address, boolean stale) {
        return "Digest realm=\"" + realm + "\", qop=\"auth\", algorithm=MD5, nonce=\"" + nonce(address) + "\""
                + (stale ? ", stale=true" : "");
    }

    private String nonce(String address) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        String head = Long.toHexString(clock.instant().getEpochSecond()) + "-"
                + HexFormat.of().formatHex(random);
        return head + "-" + signature(head, address);
    }

    private String signature(String head, String address) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signed = mac.doFinal((head + " " + address).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(signed).substring(0, SIGNATURE_CHARACTERS);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }

    /// The parameters of `Authorization: Digest …`.
    ///
    /// @param header the whole of it
    /// @return by their names in lower case; empty for another scheme
    public static Optional<Map<String, String>> parameters(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header.substring(SCHEME.length()).strip());
        while (matcher.lookingAt()) {
            String quoted = matcher.group(2);
            String value = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        return Optional.of(parameters);
    }

    /// How an answer to a challenge is.
    public enum Verdict {
        RIGHT,
        WRONG,
        /// It would have been right some minutes ago, or elsewhere.
        STALE,
        /// Nobody here has such a login, or it is no answer to us.
        NONE
    }

    /// @param said the parameters of `Authorization`
    /// @param secrets what is kept of the login of this name
    public Verdict judge(
            Map<String, String> said, String method, String address, Function<String, Optional<byte[]>> secrets) {
        String username = said.getOrDefault("username", "");
        String nonce = said.getOrDefault("nonce", "");
        String qop = said.getOrDefault("qop", "");
        Optional<byte[]> secret = secrets.apply(username);
        boolean ours = said.getOrDefault("algorithm", "MD5").equalsIgnoreCase("MD5")
                && (qop.isEmpty() || qop.equals("auth"))
                && said.getOrDefault("realm", "").equals(realm);
        if (secret.isEmpty() || !ours) {
            return Verdict.NONE;
        }
        String request = hex(md5(method + ":" + said.getOrDefault("uri", "")));
        String who = hex(secret.get());
        String expected = qop.isEmpty()
                ? hex(md5(who + ":" + nonce + ":" + request))
                : hex(md5(who + ":" + nonce + ":" + said.getOrDefault("nc", "") + ":" + said.getOrDefault("cnonce", "")
                        + ":" + qop + ":" + request));
        String shown = said.getOrDefault("response", "").toLowerCase(Locale.ROOT);
        if (!same(expected, shown)) {
            return Verdict.WRONG;
        }
        return isFresh(nonce, address) ? Verdict.RIGHT : Verdict.STALE;
    }

    private boolean isFresh(String nonce, String address) {
        int end = nonce.lastIndexOf('-');
        if (end < 0 || !same(signature(nonce.substring(0, end), address), nonce.substring(end + 1))) {
            return false;
        }
        Instant made = Instant.ofEpochSecond(Long.parseLong(nonce.substring(0, nonce.indexOf('-')), 16));
        return made.plus(NONCE_LIFE).isAfter(clock.instant());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has MD5", missing);
        }
    }
}
