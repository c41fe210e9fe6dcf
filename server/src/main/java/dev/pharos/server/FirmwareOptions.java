// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where devices fetch firmware.
final class FirmwareOptions {
    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description =
                    "where devices reach the port of --http or --https, for links to firmware: https://HOST[:PORT]"
                            + " (default: --host, or this host's name where that is every address, and the port)")
    @Nullable
    String publicUrl;

    void check() throws StartException {
        if (publicUrl == null) {
            return;
        }
        try {
            URI url = new URI(publicUrl);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean bare = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            if (!http || url.getHost() == null || !bare) {
                throw StartException.usage(
                        "--public-url must be http://HOST[:PORT] or https://HOST[:PORT]: " + publicUrl);
            }
        } catch (URISyntaxException wrong) {
            throw StartException.usage("--public-url: " + wrong.getMessage());
        }
    }

    /// @param plain whether the port is one of HTTP
    /// @param host where it listens
    String url(boolean plain, String host, int port) {
        if (publicUrl != null) {
            return publicUrl;
        }
        String name = isEveryAddress(host) ? ownName() : host;
        return (plain ? "http://" : "https://") + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }

    private static boolean isEveryAddress(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException unknown) {
            return "localhost";
        }
    }
}
