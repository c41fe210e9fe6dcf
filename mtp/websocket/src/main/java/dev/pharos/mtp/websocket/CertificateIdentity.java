// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// Which Endpoint IDs a verified certificate stands for: each `urn:bbf:usp:id:<Endpoint ID>` among its
/// subject alternative names, and each host name as an Endpoint ID of the `fqdn` scheme (R-SEC.0a).
///
/// @param endpointIds from the URNs
/// @param hostNames in lower case
record CertificateIdentity(List<EndpointId> endpointIds, List<String> hostNames) {
    private static final CertificateIdentity NONE = new CertificateIdentity(List.of(), List.of());
    private static final String URN = "urn:bbf:usp:id:";
    private static final int DNS_NAME = 2;
    private static final int URI_NAME = 6;

    /// The peer's certificate on this channel, once the TLS handshake is done.
    static CertificateIdentity of(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return NONE;
        }
        try {
            Certificate[] chain = tls.engine().getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate ? of(certificate) : NONE;
        } catch (SSLPeerUnverifiedException noCertificate) {
            return NONE;
        }
    }

    static CertificateIdentity of(X509Certificate certificate) {
        List<EndpointId> ids = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        for (List<?> name : alternativeNames(certificate)) {
            if (name.get(0) instanceof Integer kind && name.get(1) instanceof String text) {
                if (kind == DNS_NAME) {
                    hosts.add(text.toLowerCase(Locale.ROOT));
                } else if (kind == URI_NAME && text.regionMatches(true, 0, URN, 0, URN.length())) {
                    addId(ids, text.substring(URN.length()));
                }
            }
        }
        return new CertificateIdentity(List.copyOf(ids), List.copyOf(hosts));
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    private static void addId(List<EndpointId> ids, String text) {
        try {
            ids.add(EndpointId.parse(text));
        } catch (MalformedInputException notAnId) {
            // A name that stands for no Endpoint proves nothing, and harms nothing.
        }
    }

    boolean proves(EndpointId id) {
        return endpointIds.contains(id)
                || (id.scheme().equals("fqdn")
                        && hostNames.contains(id.instanceId().toLowerCase(Locale.ROOT)));
    }

    /// Whether the certificate belongs to Endpoints, and this is none of them: then the peer is not who it
    /// says.
    boolean contradicts(EndpointId id) {
        return !endpointIds.isEmpty() && !proves(id);
    }

    /// The one Endpoint ID that the certificate names, where it names one.
    Optional<EndpointId> only() {
        return endpointIds.size() == 1 ? Optional.of(endpointIds.getFirst()) : Optional.empty();
    }
}
