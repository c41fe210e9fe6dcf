// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import io.netty.channel.ChannelHandler;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The way through an [HttpProxy], and why there is none, in sentences.
final class ProxyTunnel {
    /// How the library tells the proxy's answer.
    private static final Pattern STATUS = Pattern.compile("status: (\\d{3}) ?([^,]*)");

    private static final int LOGIN_WANTED = 407;
    /// The library's own, for what is no HTTP.
    private static final int NO_HTTP = 999;

    private ProxyTunnel() {}

    /// First in the pipeline: nothing else begins before the tunnel is there.
    ///
    /// @param address of the proxy
    static ChannelHandler handler(HttpProxy proxy, SocketAddress address) {
        HttpProxyHandler made = proxy.login()
                .map(login -> new HttpProxyHandler(address, login.username(), login.password()))
                .orElseGet(() -> new HttpProxyHandler(address));
        made.setConnectTimeoutMillis(Limits.CONNECT_TIME.toMillis());
        return made;
    }

    /// Empty where the proxy was not the trouble.
    static Optional<String> sentence(Optional<HttpProxy> proxy, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProxyConnectException told && proxy.isPresent()) {
                return Optional.of("the proxy " + proxy.get().address() + " "
                        + words(proxy.get(), String.valueOf(told.getMessage())));
            }
        }
        return Optional.empty();
    }

    private static String words(HttpProxy proxy, String message) {
        Matcher status = STATUS.matcher(message);
        if (status.find()) {
            int code = Integer.parseInt(status.group(1));
            if (code == LOGIN_WANTED) {
                return proxy.login().isPresent()
                        ? "does not accept the user name and password"
                        : "asks for a user name and a password";
            }
            return code == NO_HTTP
                    ? "answers what is no HTTP"
                    : "opens no tunnel: "
                            + Texts.shown(code + " " + status.group(2)).strip();
        }
        if (message.contains("timeout")) {
            return "does not answer within " + Limits.CONNECT_TIME.toSeconds() + " s";
        }
        return message.contains("disconnected") ? "closed the connection" : "opens no tunnel: " + Texts.shown(message);
    }
}
