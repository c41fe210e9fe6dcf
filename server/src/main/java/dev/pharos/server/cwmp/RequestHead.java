// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What counts of the head of a request.
///
/// @param cookies values of our cookie, however the device separates them
/// @param charset of the Content-Type, where it names one that exists
/// @param accepts how what it is answered may be compressed
record RequestHead(
        String method,
        HttpVersion version,
        boolean keepAlive,
        List<String> cookies,
        @Nullable String authorization,
        Optional<Charset> charset,
        Optional<AnswerCoding> accepts) {
    static final String COOKIE = "pharos";

    static RequestHead of(HttpRequest request) {
        return new RequestHead(
                request.method().name(),
                request.protocolVersion(),
                HttpUtil.isKeepAlive(request),
                cookies(request.headers().getAll(HttpHeaderNames.COOKIE)),
                request.headers().get(HttpHeaderNames.AUTHORIZATION),
                charset(request),
                AnswerCoding.of(request.headers().getAll(HttpHeaderNames.ACCEPT_ENCODING)));
    }

    private static List<String> cookies(List<String> headers) {
        List<String> values = new ArrayList<>();
        for (String header : headers) {
            for (String pair : header.split("[;,]")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(COOKIE) && values.size() < Limits.COOKIES) {
                    values.add(pair.substring(equals + 1).strip().replace("\"", ""));
                }
            }
        }
        return values;
    }

    private static Optional<Charset> charset(HttpRequest request) {
        @Nullable Charset none = null;
        return Optional.ofNullable(HttpUtil.getCharset(request, none));
    }
}
