// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.bootstrap.HttpRequester;
import org.apache.hc.core5.http.impl.bootstrap.RequesterBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/// The server's REST API over HTTP connections that stay. The calling thread writes the request and reads the answer
/// itself, so that the client adds as little as it can to what is measured.
final class RestConnection implements AutoCloseable {
    private static final Timeout PATIENCE = Timeout.of(Duration.ofMinutes(1));
    private static final int CONNECTIONS = 64;
    private static final String API = "/api/v1";

    private final HttpHost host;
    private final String token;
    private final HttpRequester requester = RequesterBootstrap.bootstrap()
            .setSocketConfig(SocketConfig.custom()
                    .setSoTimeout(PATIENCE)
                    .setTcpNoDelay(true)
                    .build())
            .setDefaultMaxPerRoute(CONNECTIONS)
            .setMaxTotal(CONNECTIONS)
            .create();

    RestConnection(String url, String token) {
        this.host = HttpHost.create(URI.create(url));
        this.token = token;
    }

    private record Answer(int status, String text) {}

    String get(String path) throws IOException {
        return expectSuccess(path, ask(ClassicRequestBuilder.get(API + path)));
    }

    String post(String path, String json) throws IOException {
        return expectSuccess(
                path, ask(ClassicRequestBuilder.post(API + path).setEntity(json, ContentType.APPLICATION_JSON)));
    }

    /// Whether there is such a thing now.
    boolean knows(String path) throws IOException {
        return ask(ClassicRequestBuilder.get(API + path)).status() == HttpStatus.SC_OK;
    }

    static String device(String id) {
        return "/devices/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private Answer ask(ClassicRequestBuilder builder) throws IOException {
        ClassicHttpRequest request = builder.setHttpHost(host)
                .setHeader("Authorization", "Bearer " + token)
                .build();
        try {
            return requester.execute(
                    host,
                    request,
                    PATIENCE,
                    HttpCoreContext.create(),
                    answer -> new Answer(
                            answer.getCode(),
                            answer.getEntity() == null
                                    ? ""
                                    : EntityUtils.toString(answer.getEntity(), StandardCharsets.UTF_8)));
        } catch (HttpException broken) {
            throw new IOException("the server broke HTTP: " + broken.getMessage(), broken);
        }
    }

    private static String expectSuccess(String path, Answer answer) throws IOException {
        if (answer.status() >= HttpStatus.SC_CLIENT_ERROR) {
            throw new IOException(path + " answered " + answer.status() + ": " + answer.text());
        }
        return answer.text();
    }

    @Override
    public void close() {
        requester.close(CloseMode.GRACEFUL);
    }
}
