// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.config.CollectorTrust;
import dev.pharos.agent.config.Limits;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.http.HttpChallenge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// Sends reports to collectors over HTTP(S), with a client for each that lives as long as the report is on its way, so
/// that an agent between two reports has neither connection nor thread. Every server must show a certificate that leads
/// to somebody whom we trust and that is for the name that was dialled, also where another server sent us there
/// (R-BULK.6). Thread-safe.
final class HttpReporter implements AutoCloseable {
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CollectorTrust trust;
    private final Clock clock;
    private final Set<HttpClient> underway = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    HttpReporter(CollectorTrust trust, Clock clock) {
        this.trust = trust;
        this.clock = clock;
    }

    /// A report on its way.
    ///
    /// @param address with its query
    record Letter(HttpDestination to, URI address, ReportEncoding encoding, Bytes body) {
        static Letter of(HttpDestination to, URI address, ReportEncoding encoding, String text) {
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            return new Letter(to, address, encoding, Bytes.adopt(to.isCompressed() ? compressed(plain) : plain));
        }

        private static byte[] compressed(byte[] plain) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(plain);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return bytes.toByteArray();
        }
    }

    /// Sends it; follows to other servers and shows the login as asked.
    ///
    /// @return why it was not taken, in words for the log; empty where it was
    Optional<String> send(Letter letter) throws InterruptedException {
        HttpClient client;
        try {
            client = client();
        } catch (IOException untrusting) {
            return Optional.of(String.valueOf(untrusting.getMessage()));
        }
        underway.add(client);
        try {
            return closed ? Optional.of("the agent stops") : travel(client, letter);
        } finally {
            underway.remove(client);
            client.shutdownNow();
        }
    }

    private HttpClient client() throws IOException {
        SSLParameters tls = new SSLParameters();
        tls.setProtocols(TLS_VERSIONS.clone());
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Limits.BULK_HTTP_TIME)
                .executor(Thread::startVirtualThread)
                .sslContext(trust.context())
                .sslParameters(tls)
                .build();
    }

    private Optional<String> travel(HttpClient client, Letter letter) throws InterruptedException {
        URI at = letter.address();
        Optional<String> authorization = Optional.empty();
        int redirects = 0;
        while (true) {
            HttpResponse<Void> response;
            try {
                response = exchange(client, request(letter, at, authorization));
            } catch (IOException failed) {
                return Optional.of(place(at) + " " + reason(failed));
            }
            int status = response.statusCode();
            if (status / 100 == 2) {
                return Optional.empty();
            }
            if (status == 401 && authorization.isEmpty() && isSameServer(at, letter.address())) {
                authorization = login(letter, at, response);
                if (authorization.isPresent()) {
                    continue;
                }
            }
            Optional<URI> next = isRedirect(status) ? target(at, response) : Optional.empty();
            if (next.isEmpty() || ++redirects > Limits.BULK_REDIRECTS) {
                return Optional.of(place(at) + " answers with the status " + status);
            }
            at = next.get();
            authorization = Optional.empty();
        }
    }

    private HttpRequest request(Letter letter, URI at, Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .timeout(Limits.BULK_HTTP_TIME)
                .header("Content-Type", letter.encoding().mediaType())
                .header("BBF-Report-Format", '"' + letter.encoding().reportFormat() + '"')
                .method(
                        letter.to().method(),
                        HttpRequest.BodyPublishers.ofByteArray(letter.body().toByteArray()));
        if (letter.to().isCompressed()) {
            request.header("Content-Encoding", "gzip");
        }
        if (letter.to().isDated()) {
            request.header("Date", HTTP_DATE.format(clock.instant()));
        }
        authorization.ifPresent(said -> request.header("Authorization", said));
        return request.build();
    }

    /// Waits for the whole answer, of which only the head counts.
    private static HttpResponse<Void> exchange(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(Limits.BULK_HTTP_TIME.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException("does not answer in time", late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException(failed.getCause());
        }
    }

    private static Optional<String> login(Letter letter, URI at, HttpResponse<Void> response) {
        if (letter.to().username().isEmpty()) {
            return Optional.empty();
        }
        String path = at.getRawPath().isEmpty() ? "/" : at.getRawPath();
        HttpChallenge.Login login = new HttpChallenge.Login(
                letter.to().username(),
                letter.to().password(),
                letter.to().method(),
                at.getRawQuery() == null ? path : path + "?" + at.getRawQuery());
        return HttpChallenge.answer(
                HttpChallenge.parse(response.headers().allValues("WWW-Authenticate")), login, HttpReporter::nonce);
    }

    private static String nonce() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Nobody else than whom the login is for is told of it.
    private static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }

    /// Where the report is to go instead, with the query that says which device this is; empty where it may not go
    /// there.
    private static Optional<URI> target(URI at, HttpResponse<Void> response) {
        try {
            Optional<String> location = response.headers().firstValue("Location");
            if (location.isEmpty()) {
                return Optional.empty();
            }
            URI there = at.resolve(location.get().replaceFirst("#.*", ""));
            boolean downgraded =
                    at.getScheme().equalsIgnoreCase("https") && !"https".equalsIgnoreCase(there.getScheme());
            boolean stranger = there.getHost() == null || there.getRawUserInfo() != null;
            if (downgraded || stranger || !HttpDestination.mayCarryReports(there)) {
                return Optional.empty();
            }
            return Optional.of(there.getRawQuery() == null ? URI.create(there + "?" + at.getRawQuery()) : there);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /// The server alone, since a query may hold values that are nobody's business.
    private static String place(URI at) {
        return at.getScheme() + "://" + at.getRawAuthority();
    }

    private static String reason(IOException failed) {
        return switch (failed) {
            case SSLException tls -> "is not trusted: " + tls.getMessage();
            case ConnectException refused ->
                refused.getCause() instanceof UnresolvedAddressException
                        ? "is not known by this name"
                        : "cannot be reached";
            case IOException other -> other.getMessage() == null ? "broke off" : other.getMessage();
        };
    }

    /// Ends what is on its way.
    @Override
    public void close() {
        closed = true;
        underway.forEach(HttpClient::shutdownNow);
    }
}
