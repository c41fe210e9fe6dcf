// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts to targets that may do anything. It follows no redirect, keeps no cookie, uses no proxy, connects to no
/// address
/// that [TargetRule] forbids, and is done after [Limits#ANSWER], whatever the target does. Thread-safe.
public final class TargetClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TargetClient.class);

    /// It connects to the addresses that were looked at, and asks for no others.
    private static final DnsResolver LOOKING = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            for (InetAddress address : addresses) {
                if (TargetRule.isForbidden(address)) {
                    throw new ForbiddenAddressException(address);
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    };

    private static final class ForbiddenAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        ForbiddenAddressException(InetAddress address) {
            super("its name means an address that webhooks never go to: " + TargetRule.forbidden(address));
        }
    }

    private final CloseableHttpClient client = HttpClients.custom()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(LOOKING)
                    .setMaxConnPerRoute(Limits.AT_ONCE)
                    .setMaxConnTotal(Limits.CONNECTIONS)
                    .setDefaultConnectionConfig(ConnectionConfig.custom()
                            .setConnectTimeout(timeout(Limits.CONNECT))
                            .setSocketTimeout(timeout(Limits.ANSWER))
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom()
                    .setResponseTimeout(timeout(Limits.ANSWER))
                    .setConnectionRequestTimeout(timeout(Limits.ANSWER))
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableDefaultUserAgent()
            .build();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhook-watch").daemon().factory());

    private static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(duration.toMillis());
    }

    /// Never throws for what a target does.
    ///
    /// @param body JSON
    public Answer post(String url, Map<String, String> headers, String body) {
        long begin = System.nanoTime();
        HttpPost post = new HttpPost(url);
        headers.forEach(post::setHeader);
        post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        ScheduledFuture<?> late = watch.schedule(post::cancel, Limits.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(null, post, null);
            try {
                return new Answer(
                        Optional.of(response.getCode()),
                        meaning(response, beginning(response.getEntity())),
                        retryAfter(response.getFirstHeader("Retry-After")),
                        since(begin));
            } finally {
                leave(post, response);
            }
        } catch (IOException | IllegalStateException failed) {
            // cancelled, or closed by the target in a way that the client minds
            return new Answer(Optional.empty(), sentence(failed, post.isCancelled()), Optional.empty(), since(begin));
        } finally {
            late.cancel(false);
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static String beginning(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        String text = new String(entity.getContent().readNBytes(Limits.ANSWER_BYTES), StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), Limits.ANSWER_CHARACTERS));
    }

    /// What would come after the beginning of a long answer is not waited for: its connection is closed. That of a
    /// short
    /// one is used again.
    private static void leave(HttpPost post, ClassicHttpResponse response) {
        try {
            HttpEntity entity = response.getEntity();
            if (entity != null && entity.getContent().read() >= 0) {
                post.cancel();
            }
            response.close();
        } catch (IOException gone) {
            LOG.debug("a connection of webhooks is gone", gone);
        }
    }

    private static String meaning(ClassicHttpResponse response, String text) {
        Header location = response.getFirstHeader("Location");
        return response.getCode() / 100 == 3 && location != null
                ? "a redirect to " + location.getValue() + ", which is not followed"
                : text;
    }

    private static Optional<Duration> retryAfter(@Nullable Header header) {
        try {
            return header == null
                    ? Optional.empty()
                    : Optional.of(Duration.ofSeconds(Math.max(0, Integer.parseInt(header.getValue()))));
        } catch (NumberFormatException date) {
            return Optional.empty();
        }
    }

    private static String sentence(Exception failed, boolean cancelled) {
        return switch (failed) {
            case ForbiddenAddressException forbidden -> String.valueOf(forbidden.getMessage());
            case UnknownHostException _ -> "the name of its host is not known";
            case ConnectException _ -> "nobody listens there";
            case SSLException untrusted -> "no TLS that is trusted: " + untrusted.getMessage();
            case java.net.SocketTimeoutException _ -> late();
            default -> cancelled ? late() : "the connection broke off: " + failed.getMessage();
        };
    }

    private static String late() {
        return "no whole answer within " + Limits.ANSWER.toSeconds() + " s";
    }

    /// What is under way breaks off.
    @Override
    public void close() {
        watch.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
