// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a USP Endpoint is a CoAP resource: `coap://host[:5683]/path` or `coaps://host[:5684]/path` (RFC 7252 section
/// 6).
///
/// @param host a name, or an address without brackets
/// @param path its segments, decoded; empty for the root
record CoapUri(boolean secure, String host, int port, List<String> path) {
    static final int PORT = 5683;
    static final int SECURE_PORT = 5684;
    private static final String UNRESERVED = "-._~!$&'()*+,;=:@";

    CoapUri {
        path = List.copyOf(path);
    }

    /// Reads one as a peer or a person wrote it: with a host, and without user, query and fragment.
    static CoapUri parse(String text) throws MalformedInputException {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            throw malformed("it is no URI");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("coaps");
        if (!secure && !scheme.equals("coap")) {
            throw malformed("it begins neither with coap:// nor with coaps://");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw malformed("it names no host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw malformed("it has a user, a query or a fragment");
        }
        int port = uri.getPort() < 0 ? secure ? SECURE_PORT : PORT : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw malformed("its port is none");
        }
        String host = uri.getHost();
        return new CoapUri(
                secure,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port,
                segments(uri.getRawPath() == null ? "" : uri.getRawPath()));
    }

    private static List<String> segments(String rawPath) throws MalformedInputException {
        List<String> segments = new ArrayList<>(1);
        if (rawPath.isEmpty() || rawPath.equals("/")) {
            return segments;
        }
        for (String raw : rawPath.substring(1).split("/", -1)) {
            // It was parsed as part of a URI, so each percent sign has its two digits.
            String segment = URI.create("/" + raw).getPath().substring(1);
            if (segment.equals(".") || segment.equals("..")) {
                throw malformed("its path has a segment that RFC 7252 does not allow");
            }
            if (segment.getBytes(StandardCharsets.UTF_8).length > Limits.OPTION_BYTES) {
                throw malformed("a segment of its path is longer than " + Limits.OPTION_BYTES + " bytes");
            }
            segments.add(segment);
        }
        return segments;
    }

    /// The address, where the host is written as one. No name service is asked.
    Optional<InetAddress> literal() {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    /// The same resource at another host and port.
    CoapUri at(InetAddress address, int otherPort) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return new CoapUri(secure, zone < 0 ? text : text.substring(0, zone), otherPort, path);
    }

    private static MalformedInputException malformed(String detail) {
        return new MalformedInputException(StandardErrorCode.RECORD_COULD_NOT_BE_PARSED, detail);
    }

    /// As it travels, always with its port.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(secure ? "coaps://" : "coap://");
        out.append(host.indexOf(':') >= 0 ? "[" + host + "]" : host).append(':').append(port);
        for (String segment : path) {
            out.append('/');
            encode(segment, out);
        }
        return out.toString();
    }

    private static void encode(String segment, StringBuilder out) {
        for (byte each : segment.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xff);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0)) {
                out.append(character);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) character));
            }
        }
    }
}
