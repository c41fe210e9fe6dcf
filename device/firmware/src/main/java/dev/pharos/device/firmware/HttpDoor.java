// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import dev.pharos.usp.http.HttpChallenge;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;

/// Asks a server for a file, or for what is missing of it, or gives it one: follows where it sends us, never from https
/// to http, and shows the login where it asks for one, as a digest where it takes that, to nobody but the server of the
/// order.
///
/// HttpURLConnection and not java.net.http: it gives up a server that stalls in the middle of the body.
final class HttpDoor {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ImageOrder order;
    private final ServerTrust trust;
    private final Patience patience;

    HttpDoor(ImageOrder order, ServerTrust trust, Patience patience) {
        this.order = order;
        this.trust = trust;
        this.patience = patience;
    }

    /// It may help to ask again.
    static final class LaterException extends IOException {
        private static final long serialVersionUID = 1L;

        LaterException(String why) {
            super(why);
        }
    }

    /// @param from the first byte that is wanted
    /// @param tag of the file that it belongs to; empty where that is not known
    /// @return an answer of 200, 206 or 416, to be disconnected
    /// @throws LaterException where it may help to ask again
    /// @throws dev.pharos.usp.UspException 7022 where it does not
    HttpURLConnection ask(long from, String tag) throws IOException {
        return walk(
                request -> {
                    request.setRequestProperty("Accept-Encoding", "identity");
                    if (from > 0) {
                        request.setRequestProperty("Range", "bytes=" + from + "-");
                        if (!tag.isEmpty()) {
                            request.setRequestProperty("If-Range", tag);
                        }
                    }
                },
                status -> status == HttpURLConnection.HTTP_OK
                        || status == HttpURLConnection.HTTP_PARTIAL
                        || (status == 416 && from > 0));
    }

    /// Gives a file by PUT; all of it again where the server wants it elsewhere, or a login with it.
    ///
    /// @throws LaterException where it may help to give it again
    /// @throws dev.pharos.usp.UspException 7022 where it does not
    void give(Outgoing file) throws IOException {
        walk(request -> FilePut.of(file, request, patience.stall()), status -> status / 100 == 2)
                .disconnect();
    }

    /// What makes a request one of its kind, after all that every request has.
    @FunctionalInterface
    private interface Kind {
        void of(HttpURLConnection request) throws IOException;
    }

    private HttpURLConnection walk(Kind kind, IntPredicate good) throws IOException {
        URI at = order.url();
        Optional<String> login = Optional.empty();
        int redirects = 0;
        while (true) {
            HttpURLConnection answer = opened(at, login);
            kind.of(answer);
            int status = answer.getResponseCode();
            if (good.test(status)) {
                return answer;
            }
            Optional<String> wanted = status == HttpURLConnection.HTTP_UNAUTHORIZED && login.isEmpty()
                    ? login(at, answer)
                    : Optional.empty();
            String location = answer.getHeaderField("Location");
            answer.disconnect();
            if (wanted.isPresent()) {
                login = wanted;
            } else if (isRedirect(status) && location != null && ++redirects <= Limits.REDIRECTS) {
                at = next(at, location);
                login = Optional.empty();
            } else if (status == 408 || status == 425 || status == 429 || status / 100 == 5) {
                throw new LaterException("it answers with the status " + status);
            } else {
                boolean unknown =
                        status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_PROXY_AUTH;
                throw (unknown ? FileProblem.LOGIN : FileProblem.WITHHELD)
                        .because(order.place() + " answers with the status " + status);
            }
        }
    }

    private HttpURLConnection opened(URI at, Optional<String> login) throws IOException {
        URLConnection opened = at.toURL().openConnection();
        if (!(opened instanceof HttpURLConnection request)) {
            throw FileProblem.WITHHELD.because(order.place() + " leads to what is not fetched here");
        }
        if (request instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(trust.context().getSocketFactory());
        }
        int millis = Math.toIntExact(patience.stall().toMillis());
        request.setConnectTimeout(millis);
        request.setReadTimeout(millis);
        request.setInstanceFollowRedirects(false);
        request.setUseCaches(false);
        request.setRequestProperty("User-Agent", "Pharos");
        login.ifPresent(said -> request.setRequestProperty("Authorization", said));
        return request;
    }

    /// What to say to the server that asks who we are; empty where it is not the one of the order, there is no login,
    /// or it wants something else.
    private Optional<String> login(URI at, HttpURLConnection answer) {
        if (order.login().isEmpty() || !origin(at).equals(origin(order.url()))) {
            return Optional.empty();
        }
        List<String> challenges = answer.getHeaderFields().entrySet().stream()
                .filter(header -> "WWW-Authenticate".equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .toList();
        ImageOrder.Login ours = order.login().get();
        String path = at.getRawPath().isEmpty() ? "/" : at.getRawPath();
        String target = at.getRawQuery() == null ? path : path + "?" + at.getRawQuery();
        return HttpChallenge.answer(
                HttpChallenge.parse(challenges),
                new HttpChallenge.Login(ours.name(), ours.password(), answer.getRequestMethod(), target),
                HttpDoor::nonce);
    }

    private static String nonce() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Who serves it: scheme, host and port.
    static String origin(URI uri) {
        return (uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort()).toLowerCase(Locale.ROOT);
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private URI next(URI at, String location) {
        try {
            URI next = at.resolve(location);
            boolean safe = at.getScheme().equalsIgnoreCase("http") || "https".equalsIgnoreCase(next.getScheme());
            if (safe && next.getHost() != null && next.getRawUserInfo() == null) {
                return next;
            }
        } catch (IllegalArgumentException wrong) {
            // as any other that leads nowhere
        }
        throw FileProblem.WITHHELD.because(order.place() + " sends us where we do not go");
    }

    /// Whether there never was a connection.
    static boolean isClosed(IOException broken) {
        return broken instanceof UnknownHostException
                || broken instanceof ConnectException
                || broken instanceof NoRouteToHostException
                || broken instanceof SSLException;
    }

    /// What broke, in words that hold nothing of the URL.
    static String words(IOException broken) {
        return switch (broken) {
            case UnknownHostException unknown -> "its name cannot be resolved";
            case SocketTimeoutException late -> "it stalls";
            case ConnectException closed -> "it does not listen";
            case SSLException tls -> "TLS: " + tls.getMessage();
            default -> "the connection broke (" + broken.getClass().getSimpleName() + ")";
        };
    }
}
