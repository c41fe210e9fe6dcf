// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.ReadingQuirks;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapReader;
import dev.pharos.cwmp.soap.SoapWriter;
import dev.pharos.cwmp.soap.WritingQuirks;
import dev.pharos.usp.http.HttpChallenge;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// A session over HTTP: keeps its connection and its cookies, shows the login as it is asked for, and goes where the
/// ACS
/// sends it. For one thread.
final class AcsOverHttp implements AcsExchange {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SoapReader READER = new SoapReader(ReadingQuirks.FIELD);
    private static final SoapWriter WRITER = new SoapWriter(WritingQuirks.NONE);

    private final HttpClient client;
    private final Login login;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Compression compression;
    private URI at;
    private List<HttpChallenge> challenges = List.of();
    private int shown;

    /// @param insecure whether another host may be reached without encryption
    record Login(String username, String password, boolean insecure) {}

    /// @param compression of what is sent, as long as the ACS takes it
    AcsOverHttp(URI acs, Login login, SSLContext trust, Compression compression) {
        this.at = acs;
        this.login = login;
        this.compression = compression;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Limits.ANSWER)
                .executor(Thread::startVirtualThread)
                .sslContext(trust)
                .build();
    }

    @Override
    public Received post(Optional<Envelope> envelope) throws IOException, InterruptedException {
        byte[] body = envelope.map(WRITER::write).orElse(new byte[0]);
        int logins = 0;
        int redirects = 0;
        while (true) {
            HttpResponse<byte[]> response = exchange(request(body));
            keepCookies(response);
            int status = response.statusCode();
            if (status == 200 || status == 204) {
                return read(Compression.decompressed(
                        response.headers().firstValue("Content-Encoding").orElse(""), response.body()));
            }
            if (status == 401 && logins < Limits.LOGINS && hasAnswer(response)) {
                logins++;
            } else if (status == 415 && compression != Compression.DISABLED) {
                // it does not know it, and TR-069 has it asked again as it is
                compression = Compression.DISABLED;
            } else if (isRedirect(status) && redirects < Limits.REDIRECTS) {
                redirects++;
                follow(response);
            } else {
                throw new IOException(refusal(status));
            }
        }
    }

    private String refusal(int status) {
        if (status != 401) {
            return "it answers with the status " + status;
        }
        return login.username().isEmpty() ? "it wants a login" : "it does not take our login";
    }

    private static Received read(byte[] body) {
        if (body.length == 0) {
            return new Received.Nothing();
        }
        try {
            return new Received.Message(READER.read(body));
        } catch (MalformedSoapException malformed) {
            return new Received.Malformed(malformed);
        }
    }

    private HttpRequest request(byte[] body) {
        byte[] sent = body.length == 0 ? body : compression.compressed(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at).timeout(Limits.ANSWER).POST(HttpRequest.BodyPublishers.ofByteArray(sent));
        if (body.length > 0) {
            request.header("Content-Type", "text/xml; charset=\"utf-8\"").header("SOAPAction", "\"\"");
            compression.coding().ifPresent(coding -> request.header("Content-Encoding", coding));
        }
        compression.coding().ifPresent(coding -> request.header("Accept-Encoding", coding));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining("; ")));
        }
        authorization().ifPresent(said -> request.header("Authorization", said));
        return request.build();
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request,
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofByteArray(), dev.pharos.cwmp.Limits.ENVELOPE_BYTES));
        try {
            return answer.get(Limits.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException("it does not answer in time", late);
        } catch (ExecutionException failed) {
            @Nullable Throwable cause = failed.getCause();
            throw new IOException(reason(cause == null ? failed : cause), failed);
        }
    }

    private static String reason(Throwable failed) {
        return switch (failed) {
            case SSLException tls -> "it is not trusted: " + tls.getMessage();
            case ConnectException _ -> "it cannot be reached";
            default -> failed.getMessage() == null ? "the connection broke" : failed.getMessage();
        };
    }

    /// Takes up what the ACS wants to see.
    ///
    /// @return whether there is anything that we can show it
    private boolean hasAnswer(HttpResponse<byte[]> response) {
        challenges = HttpChallenge.parse(response.headers().allValues("WWW-Authenticate")).stream()
                // in clear only where nobody else reads it
                .filter(challenge -> !challenge.scheme().equals("basic") || AcsAddress.isPrivate(at))
                .toList();
        shown = 0;
        boolean answered = authorization().isPresent();
        shown = 0;
        return answered;
    }

    private Optional<String> authorization() {
        if (login.username().isEmpty() || challenges.isEmpty()) {
            return Optional.empty();
        }
        shown++;
        String path = at.getRawPath().isEmpty() ? "/" : at.getRawPath();
        String target = at.getRawQuery() == null ? path : path + "?" + at.getRawQuery();
        return HttpChallenge.answer(
                challenges,
                new HttpChallenge.Login(login.username(), login.password(), "POST", target),
                AcsOverHttp::nonce,
                shown);
    }

    private static String nonce() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Whatever path they are for: an ACS has one.
    private void keepCookies(HttpResponse<byte[]> response) {
        for (String header : response.headers().allValues("Set-Cookie")) {
            String pair = header.split(";", 2)[0].strip();
            int equals = pair.indexOf('=');
            if (equals > 0
                    && cookies.size() < Limits.COOKIES
                    && cookies.values().stream().mapToInt(String::length).sum() + pair.length()
                            <= Limits.COOKIE_CHARACTERS) {
                cookies.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }

    private void follow(HttpResponse<byte[]> response) throws IOException {
        String location = response.headers().firstValue("Location").orElse("");
        URI there;
        try {
            there = at.resolve(location);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("it sends us on to what is no URL", malformed);
        }
        Optional<String> objection = AcsAddress.objection(there.toString(), login.insecure());
        if (objection.isPresent() || (AcsAddress.isPrivate(at) && !AcsAddress.isPrivate(there))) {
            throw new IOException("it sends us on to where we do not go");
        }
        if (!there.getRawAuthority().equals(at.getRawAuthority())) {
            // they are somebody else's, and so is the login until it is asked for
            cookies.clear();
            challenges = List.of();
        }
        at = there;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
