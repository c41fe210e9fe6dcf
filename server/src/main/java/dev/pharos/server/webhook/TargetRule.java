// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where webhooks may go. Addresses are looked at when a name has become one, at each connection: a name may mean
/// another tomorrow.
public final class TargetRule {
    /// Addresses that clouds answer at, to whoever is on the host, with its credentials; link-local ones are refused
    /// anyway. In order: Alibaba, Azure, Oracle, AWS over IPv6.
    private static final Set<String> METADATA =
            Set.of("646464c8", "a83f8110", "c00000c0", "fd000ec2000000000000000000000254");

    /// RFC 6052: an IPv4 address in its last four bytes.
    private static final byte[] NAT64 = HexFormat.of().parseHex("0064ff9b0000000000000000");

    /// RFC 3056: an IPv4 address behind its first two bytes.
    private static final byte[] SIX_TO_FOUR = HexFormat.of().parseHex("2002");

    private static final int IPV4_BYTES = 4;

    private TargetRule() {}

    /// What is wrong with this as the address of a webhook, after "url"; empty where it may be one.
    ///
    /// @param insecure whether plain HTTP to other hosts was asked for
    public static Optional<String> objection(String url, boolean insecure) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            return Optional.of("is no URL: " + malformed.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (url.length() > Limits.URL) {
            return Optional.of("has more than " + Limits.URL + " characters");
        }
        if (!Set.of("https", "http").contains(scheme) || host == null || host.isEmpty()) {
            return Optional.of("must be https://HOST[:PORT]/PATH");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return Optional.of("must have neither a login nor a fragment; receivers know us by the signature");
        }
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent() && isForbidden(literal.get())) {
            return Optional.of("names an address that webhooks never go to: " + forbidden(literal.get()));
        }
        boolean here = host.equalsIgnoreCase("localhost")
                || literal.map(InetAddress::isLoopbackAddress).orElse(false);
        if (scheme.equals("http") && !here && !insecure) {
            return Optional.of("must be https where it is another host; insecure allows http, which everybody on"
                    + " the way can read");
        }
        return Optional.empty();
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    static String forbidden(InetAddress address) {
        return address.getHostAddress() + " (link-local, multicast, unspecified, or a cloud's metadata)";
    }

    /// Link-local addresses, where clouds keep what only a host itself may know, and what is no address of a host.
    static boolean isForbidden(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(HexFormat.of().formatHex(bytes))
                || (bytes.length == IPV4_BYTES ? bytes[0] == 0 || bytes[0] == (byte) 0xff : isForbiddenWithin(bytes));
    }

    /// An IPv6 address that stands for one of IPv4.
    private static boolean isForbiddenWithin(byte[] bytes) {
        boolean compatible = Arrays.equals(bytes, 0, 12, new byte[12], 0, 12) && bytes[12] != 0;
        if (compatible || Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)) {
            return isForbidden(ipv4(bytes, 12));
        }
        return Arrays.equals(bytes, 0, 2, SIX_TO_FOUR, 0, 2) && isForbidden(ipv4(bytes, 2));
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + IPV4_BYTES));
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }
}
