// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server demands before it takes a request (RFC 9110, RFC 7616, RFC 7617): a login, in clear or as a digest.
///
/// @param scheme in lower case
/// @param parameters names in lower case
public record HttpChallenge(String scheme, Map<String, String> parameters) {
    /// The better first; other algorithms are not answered.
    private static final List<String> ALGORITHMS = List.of("SHA-512-256", "SHA-256", "MD5");

    /// The longest `WWW-Authenticate` that is looked at.
    private static final int MOST_CHARACTERS = 2048;

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*,?\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^\\s,\"]+))|(?=\\s|,|$))");

    /// Whose login it is.
    ///
    /// @param method and target of the request that it is for
    public record Login(String username, String password, String method, String target) {}

    /// The headers' challenges; what makes no sense is left out.
    public static List<HttpChallenge> parse(List<String> headers) {
        List<HttpChallenge> challenges = new ArrayList<>();
        for (String header : headers) {
            if (header.length() <= MOST_CHARACTERS) {
                parse(header, challenges);
            }
        }
        return challenges;
    }

    private static void parse(String header, List<HttpChallenge> challenges) {
        Matcher matcher = TOKEN.matcher(header);
        Map<String, String> parameters = new HashMap<>();
        while (matcher.lookingAt() && matcher.end() > matcher.regionStart()) {
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            String quoted = matcher.group(2);
            String plain = matcher.group(3);
            if (quoted == null && plain == null) {
                parameters = new HashMap<>();
                challenges.add(new HttpChallenge(name, parameters));
            } else {
                parameters.putIfAbsent(name, quoted == null ? plain : quoted.replaceAll("\\\\(.)", "$1"));
            }
            matcher.region(matcher.end(), header.length());
        }
    }

    /// What to say in `Authorization` to the best of them; empty where none can be answered.
    ///
    /// @param nonce makes a word that nobody has used before
    public static Optional<String> answer(List<HttpChallenge> challenges, Login login, Supplier<String> nonce) {
        return answer(challenges, login, nonce, 1);
    }

    /// The same, where a challenge is answered for several requests.
    ///
    /// @param count which of them this is, from 1 on
    public static Optional<String> answer(
            List<HttpChallenge> challenges, Login login, Supplier<String> nonce, int count) {
        for (String algorithm : ALGORITHMS) {
            for (HttpChallenge challenge : challenges) {
                if (challenge.isDigest(algorithm)) {
                    return Optional.of(challenge.digest(algorithm, login, nonce.get(), count));
                }
            }
        }
        return challenges.stream()
                .filter(challenge -> challenge.scheme().equals("basic"))
                .findFirst()
                .map(_ -> basic(login));
    }

    private static String basic(Login login) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((login.username() + ":" + login.password()).getBytes(StandardCharsets.UTF_8));
    }

    private boolean isDigest(String algorithm) {
        String qop = parameters.get("qop");
        return scheme.equals("digest")
                && parameters.containsKey("nonce")
                && parameters.getOrDefault("algorithm", "MD5").equalsIgnoreCase(algorithm)
                && (qop == null || List.of(qop.split("\\s*,\\s*")).contains("auth"));
    }

    private String digest(String algorithm, Login login, String own, int count) {
        String realm = parameters.getOrDefault("realm", "");
        String nonce = parameters.getOrDefault("nonce", "");
        boolean protectedOnce = parameters.containsKey("qop");
        String times = String.format(Locale.ROOT, "%08x", count);
        Charset text = StandardCharsets.UTF_8;
        String who = hash(algorithm, login.username() + ":" + realm + ":" + login.password(), text);
        String what = hash(algorithm, login.method() + ":" + login.target(), text);
        String response = protectedOnce
                ? hash(algorithm, who + ":" + nonce + ":" + times + ":" + own + ":auth:" + what, text)
                : hash(algorithm, who + ":" + nonce + ":" + what, text);
        StringBuilder answer = new StringBuilder("Digest ");
        field("username", login.username(), answer);
        field("realm", realm, answer);
        field("nonce", nonce, answer);
        field("uri", login.target(), answer);
        if (parameters.containsKey("algorithm")) {
            answer.append("algorithm=").append(algorithm).append(", ");
        }
        if (protectedOnce) {
            answer.append("qop=auth, nc=").append(times).append(", ");
            field("cnonce", own, answer);
        }
        String opaque = parameters.get("opaque");
        if (opaque != null) {
            field("opaque", opaque, answer);
        }
        return answer.append("response=\"").append(response).append('"').toString();
    }

    private static void field(String name, String value, StringBuilder answer) {
        answer.append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\", ");
    }

    private static String hash(String algorithm, String text, Charset charset) {
        try {
            MessageDigest digest =
                    MessageDigest.getInstance(algorithm.equals("SHA-512-256") ? "SHA-512/256" : algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(charset)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has " + algorithm, impossible);
        }
    }
}
