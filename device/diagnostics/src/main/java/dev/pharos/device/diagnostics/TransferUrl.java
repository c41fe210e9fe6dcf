// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.net.URI;
import java.util.Locale;

/// Where a transfer goes.
///
/// @param path with its query, never empty
record TransferUrl(boolean secure, String host, int port, String path) {

    /// @throws dev.pharos.usp.UspException 7027 where nothing is transferred from or to there
    static TransferUrl of(String name, String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw Order.wrong("no URL: " + name);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw Order.wrong(name + " is http or https here");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw Order.wrong(name + " has a host, and no login");
        }
        boolean secure = scheme.equals("https");
        int port = uri.getPort() < 0 ? (secure ? 443 : 80) : uri.getPort();
        if (port == 0 || port > 65_535) {
            throw Order.wrong("no port: " + name);
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String host = uri.getHost().replaceAll("^\\[|\\]$", "");
        return new TransferUrl(
                secure,
                Order.host(name, host),
                port,
                path + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    }

    /// As the Host field of a request has it.
    String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host.replaceFirst("%.*", "") + "]";
        return port == (secure ? 443 : 80) ? name : name + ":" + port;
    }
}
