// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Asks the provider, which may do anything: no redirect is followed, no cookie kept, an answer is whole within the
/// patience and no larger than [Limits#ANSWER_BYTES], and nothing goes to where others could read it. Thread-safe.
final class ProviderClient implements HTTPRequestSender, ResourceRetriever, AutoCloseable {
    private static final int OK = 200;

    private final HttpClient client;
    private final Duration patience;

    /// @param trust whom the provider's certificate must be signed by
    /// @param patience for one answer, from the connection to its last byte
    ProviderClient(SSLContext trust, Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(trust)
                .connectTimeout(patience)
                .executor(Thread::startVirtualThread)
                .build();
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        @Nullable String body = request.getBody();
        HttpRequest.Builder asked = to(request.getURI())
                .method(
                        request.getMethod().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.getHeaderMap().forEach((name, values) -> values.forEach(value -> asked.header(name, value)));
        HttpResponse<byte[]> answer = answer(asked.build());
        HTTPResponse read = new HTTPResponse(answer.statusCode());
        answer.headers().firstValue("Content-Type").ifPresent(type -> read.setHeader("Content-Type", type));
        read.setBody(new String(answer.body(), StandardCharsets.UTF_8));
        return read;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try {
            return new Resource(document(url.toURI()), "application/json");
        } catch (URISyntaxException malformed) {
            throw new IOException("is no URL: " + url, malformed);
        }
    }

    /// A document that the provider shows to everybody.
    ///
    /// @throws IOException saying why it cannot be had, after the name of what was asked for
    String document(URI url) throws IOException {
        HttpResponse<byte[]> answer =
                answer(to(url).header("Accept", "application/json").build());
        if (answer.statusCode() != OK) {
            throw new IOException(url + " answered " + answer.statusCode()
                    + answer.headers()
                            .firstValue("Location")
                            .map(_ -> ", a redirect, which is not followed")
                            .orElse(""));
        }
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static HttpRequest.Builder to(URI url) throws IOException {
        if (!SafeUrl.isSafe(url)) {
            throw new IOException(url + " is not asked: it is not HTTPS");
        }
        return HttpRequest.newBuilder(url).header("User-Agent", "Pharos");
    }

    private HttpResponse<byte[]> answer(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), Limits.ANSWER_BYTES));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException(request.uri() + " gave no whole answer within " + patience, late);
        } catch (ExecutionException failed) {
            throw new IOException(request.uri() + " " + reason(failed.getCause()), failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        } finally {
            answer.cancel(true);
        }
    }

    private static String reason(@Nullable Throwable failed) {
        return switch (failed) {
            case ConnectException _ -> "cannot be connected to";
            case SSLException untrusted -> "has no TLS that is trusted: " + untrusted.getMessage();
            case null -> "failed";
            default -> "gave no answer that can be used: " + failed.getMessage();
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
