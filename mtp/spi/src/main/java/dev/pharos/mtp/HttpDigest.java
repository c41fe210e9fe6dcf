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
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Whoever asks for a login by HTTP Digest with MD5 (RFC 2617), which is what both ends of TR-069 have. A nonce is for
/// one address and some minutes; how often it is used is not counted, since devices do not count. Thread-safe.
public final class HttpDigest {
    private static final String SCHEME = "Digest ";
    private static final String ALGORITHM = "HmacSHA256";

    /// How long an answer to a challenge may be shown.
    public static final Duration NONCE_LIFE = Duration.ofMinutes(5);

    private static final int RANDOM_BYTES = 8;
    private static final int SIGNATURE_CHARACTERS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String realm;
    private final InstantSource clock;
    private final Mac signer;

    public HttpDigest(String realm, InstantSource clock) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        this.realm = realm;
        this.clock = clock;
        this.signer = signer(secret);
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

    private static Mac signer(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }

    private String signature(String head, String address) {
        try {
            // a copy is cheaper than another, and never signs for two at once
            Mac mac = (Mac) signer.clone();
            byte[] signed = mac.doFinal((head + " " + address).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(signed).substring(0, SIGNATURE_CHARACTERS);
        } catch (CloneNotSupportedException missing) {
            throw new IllegalStateException(ALGORITHM + " of every Java platform can be copied", missing);
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
        int at = afterBlanks(header, SCHEME.length());
        while (at < header.length()) {
            int equals = header.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = header.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            int begin = afterBlanks(header, equals + 1);
            boolean quoted = begin < header.length() && header.charAt(begin) == '"';
            int end = quoted ? closing(header, begin + 1) : wordEnd(header, begin);
            if (name.isEmpty() || end < 0) {
                break;
            }
            parameters.putIfAbsent(
                    name, quoted ? unescaped(header.substring(begin + 1, end)) : header.substring(begin, end));
            at = afterBlanks(header, quoted ? end + 1 : end);
            if (at < header.length() && header.charAt(at) != ',') {
                break;
            }
            at = afterBlanks(header, at + 1);
        }
        return Optional.of(parameters);
    }

    private static int afterBlanks(String header, int from) {
        int at = from;
        while (at < header.length() && Character.isWhitespace(header.charAt(at))) {
            at++;
        }
        return at;
    }

    /// Where a quoted value ends, below 0 where it does not.
    private static int closing(String header, int from) {
        for (int at = from; at < header.length(); at++) {
            switch (header.charAt(at)) {
                case '\\' -> at++;
                case '"' -> {
                    return at;
                }
                default -> {}
            }
        }
        return -1;
    }

    private static int wordEnd(String header, int from) {
        int at = from;
        while (at < header.length() && header.charAt(at) != ',' && !Character.isWhitespace(header.charAt(at))) {
            at++;
        }
        return at;
    }

    private static String unescaped(String quoted) {
        return quoted.indexOf('\\') < 0 ? quoted : quoted.replaceAll("\\\\(.)", "$1");
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
