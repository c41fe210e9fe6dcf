// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import dev.pharos.usp.Frozen;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/// How a connection is secured on its way, and who is at its other end: the peer, or the broker between.
///
/// @param encrypted whether TLS carries it
/// @param onThisHost whether it leads to a process of this host
/// @param certificates what the other end showed and the transport has checked, its own first; empty where it
///     showed none
public record LinkSecurity(boolean encrypted, boolean onThisHost, List<X509Certificate> certificates) {
    /// For all to read, and of nobody known.
    public static final LinkSecurity NONE = new LinkSecurity(false, false, List.of());

    /// Within this host, without TLS.
    public static final LinkSecurity ON_THIS_HOST = new LinkSecurity(false, true, List.of());

    public LinkSecurity {
        certificates = Frozen.list(certificates);
    }

    /// Whether a host is this one by its name or address alone; no name service is asked, which might say so of
    /// another.
    public static boolean isThisHost(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            String address = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
