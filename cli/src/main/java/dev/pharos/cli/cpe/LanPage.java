// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.mtp.Turnstile;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A page of the device for the people at home: they see which files are under way and ask their provider for
/// new ones
/// (RequestDownload), and a page of the provider's sends them here to have the device call it (Kicked).
/// Whoever reaches it may ask; what comes of it is the provider's to say. Thread-safe.
final class LanPage implements AutoCloseable {
    static final String KICK = "/kick";
    private static final String REQUEST = "/request";
    private static final String POLICY =
            "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// What people may ask for, by its word in the form.
    private static final Map<String, DownloadType> FILES =
            Map.of("firmware", DownloadType.FIRMWARE, "configuration", DownloadType.CONFIGURATION);

    // characters of each thing that a kick says (cwmp-1-0, Kicked)
    private static final int LONGEST_COMMAND = 32;
    private static final int LONGEST_REFERER = 64;
    private static final int LONGEST_ARG = 256;
    private static final int LONGEST_NEXT = 1_024;

    private final Turnstile turnstile = new Turnstile(Limits.CALLS_A_SECOND, Limits.CALLS_AT_ONCE);
    private final Home home;
    private final LocalHttp http;

    /// The device.
    interface Home {
        /// @return empty as long as it speaks to no ACS
        Optional<AcsContact> contact();
    }

    private LanPage(InetSocketAddress at, Home home) throws IOException {
        this.home = home;
        this.http = LocalHttp.open(at, "cpe-page", Limits.KICK.plus(Limits.CALL_SILENCE), this::answer);
    }

    /// @param at an address of this host; port 0 is any free one
    /// @throws IOException where it cannot listen there
    static LanPage open(InetSocketAddress at, Home home) throws IOException {
        return new LanPage(at, home);
    }

    /// `http://ADDRESS:PORT/`
    String url() {
        return http.url() + "/";
    }

    /// Where browsers are sent to kick the device.
    String kickUrl() {
        return http.url() + KICK;
    }

    private FullHttpResponse answer(LocalHttp.Asked asked) throws InterruptedException {
        QueryStringDecoder uri = new QueryStringDecoder(asked.uri());
        FullHttpResponse response = switch (uri.path()) {
            case "/" -> only(HttpMethod.GET, asked).orElseGet(this::overview);
            case KICK -> {
                Optional<FullHttpResponse> wrong = only(HttpMethod.GET, asked);
                yield wrong.isPresent() ? wrong.get() : kick(asked, uri);
            }
            case REQUEST -> only(HttpMethod.POST, asked).orElseGet(() -> request(asked));
            default -> page(HttpResponseStatus.NOT_FOUND, "There is no such page here.");
        };
        response.headers()
                .set("Content-Security-Policy", POLICY)
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        return response;
    }

    private static Optional<FullHttpResponse> only(HttpMethod method, LocalHttp.Asked asked) {
        if (asked.method().equals(method)) {
            return Optional.empty();
        }
        FullHttpResponse refused = page(HttpResponseStatus.METHOD_NOT_ALLOWED, "This is not how it is asked for.");
        refused.headers().set(HttpHeaderNames.ALLOW, method.name());
        return Optional.of(refused);
    }

    private FullHttpResponse overview() {
        List<AnyQueuedTransfer> transfers =
                home.contact().map(AcsContact::transfers).orElse(List.of());
        StringBuilder text = new StringBuilder("<h1>This device</h1><h2>Files under way</h2>");
        if (transfers.isEmpty()) {
            text.append("<p>None.</p>");
        } else {
            text.append("<ul>");
            transfers.forEach(each -> text.append("<li>")
                    .append(escaped(each.fileType()))
                    .append(each.isDownload() ? ", coming: " : ", going: ")
                    .append(each.transfer()
                            .state()
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', ' '))
                    .append("</li>"));
            text.append("</ul>");
        }
        text.append("<h2>Ask the provider</h2><form method=\"post\" action=\"")
                .append(REQUEST)
                .append("\"><button name=\"file\" value=\"firmware\">for new firmware</button> ")
                .append("<button name=\"file\" value=\"configuration\">for a configuration</button></form>");
        return html(HttpResponseStatus.OK, text.toString());
    }

    /// A browser sends its page of origin with a form, and a page of somebody else's must not ask in our
    /// people's name.
    private FullHttpResponse request(LocalHttp.Asked asked) {
        if (!http.url().equals(asked.headers().get(HttpHeaderNames.ORIGIN))) {
            return page(HttpResponseStatus.FORBIDDEN, "Ask from the page of the device itself, at " + url());
        }
        Optional<DownloadType> file = Optional.ofNullable(
                        new QueryStringDecoder(asked.body(), false).parameters().get("file"))
                .map(List::getFirst)
                .flatMap(word -> Optional.ofNullable(FILES.get(word)));
        if (file.isEmpty()) {
            return page(HttpResponseStatus.BAD_REQUEST, "What may be asked for is firmware or a configuration.");
        }
        boolean told = turnstile.enter("request").isEmpty()
                && home.contact()
                        .filter(contact -> contact.requested(file.get()))
                        .isPresent();
        return told
                ? page(
                        HttpResponseStatus.OK,
                        "The provider is asked. If it sends something, it appears among the files.")
                : page(HttpResponseStatus.SERVICE_UNAVAILABLE, "The provider cannot be asked now. Try again later.");
    }

    private FullHttpResponse kick(LocalHttp.Asked asked, QueryStringDecoder uri) throws InterruptedException {
        String command = parameter(uri, "command");
        String arg = parameter(uri, "arg");
        String next = parameter(uri, "next");
        @Nullable String referer = asked.headers().get(HttpHeaderNames.REFERER);
        Kicked kicked = new Kicked(command, referer == null ? "" : cut(referer, LONGEST_REFERER), arg, next);
        if (command.length() > LONGEST_COMMAND || arg.length() > LONGEST_ARG || next.length() > LONGEST_NEXT) {
            return page(HttpResponseStatus.BAD_REQUEST, "command, arg or next is too long.");
        }
        Optional<AcsContact> contact = home.contact();
        if (turnstile.enter("kick").isPresent() || contact.isEmpty()) {
            return page(HttpResponseStatus.SERVICE_UNAVAILABLE, "The provider cannot be asked now. Try again later.");
        }
        return switch (contact.get().kicked(kicked)) {
            case Kicks.Outcome.Next(String url)
            when isWeb(url) -> {
                FullHttpResponse sent = LocalHttp.response(HttpResponseStatus.FOUND);
                sent.headers().set(HttpHeaderNames.LOCATION, url);
                yield sent;
            }
            case Kicks.Outcome.Next _ -> page(HttpResponseStatus.OK, "The provider was told.");
            case Kicks.Outcome.Nowhere(String why) ->
                page(HttpResponseStatus.BAD_GATEWAY, "It was not done: " + why + ".");
        };
    }

    private static String parameter(QueryStringDecoder uri, String name) {
        return uri.parameters().getOrDefault(name, List.of("")).getFirst();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    /// A page of the web, as nothing else is to be opened by a word of the ACS.
    private static boolean isWeb(String url) {
        try {
            URI there = URI.create(url);
            return there.getHost() != null && ("http".equals(there.getScheme()) || "https".equals(there.getScheme()));
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static FullHttpResponse page(HttpResponseStatus status, String sentence) {
        return html(status, "<p>" + escaped(sentence) + "</p><p><a href=\"/\">This device</a></p>");
    }

    private static FullHttpResponse html(HttpResponseStatus status, String body) {
        FullHttpResponse response = LocalHttp.response(
                status,
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>This device</title><body>" + body
                        + "</body></html>");
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        return response;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public void close() {
        http.close();
    }
}
