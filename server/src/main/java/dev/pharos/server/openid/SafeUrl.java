// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/// Which URLs carry secrets: those of HTTPS, and those of this host, whose wire nobody else reads.
final class SafeUrl {
    private SafeUrl() {}

    static boolean isSafe(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        boolean bare = host != null && !host.isEmpty() && url.getRawUserInfo() == null && url.getRawFragment() == null;
        return bare && (scheme.equals("https") || (scheme.equals("http") && isHere(host)));
    }

    /// By what stands there: a name may mean another host tomorrow.
    private static boolean isHere(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
