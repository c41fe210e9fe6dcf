// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A real OpenID provider with one client and one person at a time, who is always signed in there. It is strict with
/// the client as OpenID Connect Core 1.0 and RFC 7636 have it, and lies to it as a test wants. Thread-safe.
public final class OpenIdProvider implements AutoCloseable {
    /// What it does wrong.
    public enum Lie {
        DISCOVERY_OF_ANOTHER,
        DISCOVERY_ELSEWHERE,
        DISCOVERY_HUGE,
        KEYS_NOT_HTTPS,
        HANGING,
        RESPONSE_OF_ANOTHER,
        RESPONSE_WITHOUT_ISSUER,
        DENYING,
        NO_ID_TOKEN,
        TOKENS_HUGE,
        OTHER_NONCE,
        OTHER_AUDIENCE,
        OTHER_PARTY,
        OTHER_ISSUER,
        EXPIRED,
        OF_TOMORROW,
        UNSIGNED,
        SIGNED_WITH_PUBLIC_KEY,
        SIGNED_BY_ANOTHER,
        UNKNOWN_KEY,
        PERSON_IN_USERINFO,
        USERINFO_OF_ANOTHER
    }

    private static final String CLIENT = "pharos";
    private static final int HUGE = 4 << 20;
    private static final int A_DAY = 86_400;

    private final HttpServer server;
    private final String issuer;
    private final String secret = UUID.randomUUID().toString();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<Lie> lies = EnumSet.noneOf(Lie.class);
    private final Map<String, Issued> codes = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Map<String, Object> person = Map.of("sub", "nobody");
    private SigningKey key = SigningKey.rsa();

    /// A code that was given, and to what.
    private record Issued(String redirect, String challenge, String nonce, Map<String, Object> person) {}

    private OpenIdProvider(HttpServer server, String scheme) {
        this.server = server;
        this.issuer = scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    /// On any free port of this host.
    public static OpenIdProvider start() throws IOException {
        return new OpenIdProvider(HttpServer.create(anyPort(), 0), "http").begin();
    }

    /// The same over TLS.
    public static OpenIdProvider start(SSLContext identity) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity));
        return new OpenIdProvider(server, "https").begin();
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private OpenIdProvider begin() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        return this;
    }

    public URI issuer() {
        return URI.create(issuer);
    }

    /// What the one client is called here.
    public String client() {
        return CLIENT;
    }

    public String secret() {
        return secret;
    }

    /// Who sits before every browser from now on: `sub` and other claims, texts or lists of texts.
    public synchronized void isVisitedBy(Map<String, Object> claims) {
        person = Map.copyOf(claims);
    }

    /// What it does wrong from now on; nothing where none is given.
    public synchronized void lies(Lie... all) {
        lies.clear();
        lies.addAll(Arrays.asList(all));
    }

    private synchronized boolean is(Lie lie) {
        return lies.contains(lie);
    }

    /// Signs with another key from now on, of another kind, and shows only that one.
    public synchronized void changesKey() {
        key = key.next();
    }

    /// The paths that were asked for, in their order.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private synchronized SigningKey key() {
        return key;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        try (exchange) {
            if (is(Lie.HANGING)) {
                closing.await();
            }
            switch (path) {
                case "/.well-known/openid-configuration" -> discovery(exchange);
                case "/keys" -> say(exchange, 200, Json.text(Map.of("keys", List.of(key().shown()))));
                case "/authorize" -> authorize(exchange);
                case "/token" -> token(exchange);
                case "/userinfo" -> userInfo(exchange);
                case "/logout" -> redirect(exchange, query(exchange).getOrDefault("post_logout_redirect_uri", issuer));
                default -> say(exchange, 404, "{}");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform can sign", missing);
        }
    }

    private void discovery(HttpExchange exchange) throws IOException {
        if (is(Lie.DISCOVERY_ELSEWHERE)) {
            redirect(exchange, "http://169.254.169.254/latest/meta-data");
            return;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", is(Lie.DISCOVERY_OF_ANOTHER) ? "https://another.example" : issuer);
        document.put("authorization_endpoint", issuer + "/authorize");
        document.put("token_endpoint", issuer + "/token");
        document.put("userinfo_endpoint", issuer + "/userinfo");
        document.put("end_session_endpoint", issuer + "/logout");
        document.put("jwks_uri", is(Lie.KEYS_NOT_HTTPS) ? "http://keys.example/" : issuer + "/keys");
        document.put("response_types_supported", List.of("code"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256", "ES256", "HS256", "none"));
        document.put("authorization_response_iss_parameter_supported", true);
        if (is(Lie.DISCOVERY_HUGE)) {
            document.put("service_documentation", "https://" + "x".repeat(HUGE));
        }
        say(exchange, 200, Json.text(document));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asks = query(exchange);
        boolean proper = asks.getOrDefault("response_type", "").equals("code")
                && asks.getOrDefault("client_id", "").equals(CLIENT)
                && asks.getOrDefault("code_challenge_method", "").equals("S256")
                && (" " + asks.getOrDefault("scope", "") + " ").contains(" openid ")
                && asks.keySet().containsAll(Set.of("redirect_uri", "state", "nonce", "code_challenge"));
        if (!proper) {
            say(exchange, 400, "{\"error\":\"invalid_request\"}");
            return;
        }
        String back = String.valueOf(asks.get("redirect_uri"));
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("state", String.valueOf(asks.get("state")));
        if (!is(Lie.RESPONSE_WITHOUT_ISSUER)) {
            answer.put("iss", is(Lie.RESPONSE_OF_ANOTHER) ? "https://another.example" : issuer);
        }
        if (is(Lie.DENYING)) {
            answer.put("error", "access_denied");
            answer.put("error_description", "<script>alert(1)</script>");
        } else {
            String code = UUID.randomUUID().toString();
            synchronized (this) {
                codes.put(
                        code,
                        new Issued(
                                back,
                                String.valueOf(asks.get("code_challenge")),
                                String.valueOf(asks.get("nonce")),
                                person));
            }
            answer.put("code", code);
        }
        StringBuilder url = new StringBuilder(back);
        answer.forEach((name, value) -> url.append(url.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        redirect(exchange, url.toString());
    }

    private void token(HttpExchange exchange) throws IOException, GeneralSecurityException {
        Map<String, String> asks = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String login =
                "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + secret).getBytes(StandardCharsets.UTF_8));
        if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            say(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        @Nullable Issued issued = codes.remove(asks.getOrDefault("code", ""));
        boolean good = issued != null
                && issued.redirect().equals(asks.get("redirect_uri"))
                && issued.challenge().equals(challenge(asks.getOrDefault("code_verifier", "")));
        if (!good || issued == null) {
            say(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        Map<String, Object> tokens = new LinkedHashMap<>();
        tokens.put("access_token", String.valueOf(issued.person().get("sub")));
        tokens.put("token_type", "Bearer");
        if (!is(Lie.NO_ID_TOKEN)) {
            tokens.put("id_token", idToken(issued));
        }
        if (is(Lie.TOKENS_HUGE)) {
            tokens.put("more", "x".repeat(HUGE));
        }
        say(exchange, 200, Json.text(tokens));
    }

    private static String challenge(String verifier) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private String idToken(Issued issued) throws GeneralSecurityException {
        long now = System.currentTimeMillis() / 1000;
        Map<String, Object> claims = new LinkedHashMap<>();
        if (is(Lie.PERSON_IN_USERINFO) || is(Lie.USERINFO_OF_ANOTHER)) {
            claims.put("sub", String.valueOf(issued.person().get("sub")));
        } else {
            claims.putAll(issued.person());
        }
        claims.put("iss", is(Lie.OTHER_ISSUER) ? "https://another.example" : issuer);
        claims.put("aud", is(Lie.OTHER_AUDIENCE) ? "another" : CLIENT);
        if (is(Lie.OTHER_PARTY)) {
            claims.put("aud", List.of("another", CLIENT));
            claims.put("azp", "another");
        }
        claims.put("nonce", is(Lie.OTHER_NONCE) ? "another" : issued.nonce());
        claims.put("iat", now + (is(Lie.OF_TOMORROW) ? A_DAY : is(Lie.EXPIRED) ? -A_DAY : 0));
        claims.put("exp", now + (is(Lie.OF_TOMORROW) ? 2 * A_DAY : is(Lie.EXPIRED) ? -A_DAY / 2 : 300));
        String body = Json.text(claims);
        SigningKey own = key();
        if (is(Lie.UNSIGNED)) {
            return SigningKey.unsigned(body);
        }
        if (is(Lie.SIGNED_WITH_PUBLIC_KEY)) {
            return own.signedWithPublicKey(body);
        }
        if (is(Lie.SIGNED_BY_ANOTHER)) {
            return own.impostor().sign(body);
        }
        return is(Lie.UNKNOWN_KEY) ? own.next().sign(body) : own.sign(body);
    }

    private void userInfo(HttpExchange exchange) throws IOException {
        String expected;
        Map<String, Object> said;
        synchronized (this) {
            expected = "Bearer " + person.get("sub");
            said = new LinkedHashMap<>(person);
        }
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            say(exchange, 401, "{}");
            return;
        }
        if (is(Lie.USERINFO_OF_ANOTHER)) {
            said.put("sub", "somebody else");
        }
        say(exchange, 200, Json.text(said));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        @Nullable String query = exchange.getRequestURI().getRawQuery();
        return form(query == null ? "" : query);
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    private static void redirect(HttpExchange exchange, String there) throws IOException {
        exchange.getResponseHeaders().set("Location", there);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void say(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /// JSON of texts, numbers, flags, lists and maps.
    private static final class Json {
        static String text(@Nullable Object value) {
            return switch (value) {
                case Map<?, ?> map ->
                    "{"
                            + String.join(
                                    ",",
                                    map.entrySet().stream()
                                            .map(each ->
                                                    text(String.valueOf(each.getKey())) + ":" + text(each.getValue()))
                                            .toList())
                            + "}";
                case List<?> list ->
                    "[" + String.join(",", list.stream().map(Json::text).toList()) + "]";
                case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
                case null, default -> String.valueOf(value);
            };
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
