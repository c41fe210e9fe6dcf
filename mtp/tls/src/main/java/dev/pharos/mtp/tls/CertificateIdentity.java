// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

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
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// Which Endpoint IDs a verified certificate stands for: each `urn:bbf:usp:id:<Endpoint ID>` among its
/// subject alternative names, and each host name as an Endpoint ID of the `fqdn` scheme (R-SEC.0a).
public final class CertificateIdentity {
    private static final CertificateIdentity NONE = new CertificateIdentity(List.of(), "");
    private static final String URN = "urn:bbf:usp:id:";
    private static final int DNS_NAME = 2;
    private static final int URI_NAME = 6;

    private final List<EndpointId> endpointIds = new ArrayList<>(1);
    private final List<SharedIdentity> shared = new ArrayList<>(0);
    private final List<String> hostNames = new ArrayList<>(1);
    private final String commonName;

    private CertificateIdentity(Collection<List<?>> names, String commonName) {
        this.commonName = commonName;
        for (List<?> name : names) {
            if (name.get(0) instanceof Integer kind && name.get(1) instanceof String text) {
                if (kind == DNS_NAME) {
                    hostNames.add(text.toLowerCase(Locale.ROOT));
                } else if (kind == URI_NAME && text.regionMatches(true, 0, URN, 0, URN.length())) {
                    addId(text.substring(URN.length()));
                }
            }
        }
    }

    private void addId(String text) {
        try {
            endpointIds.add(EndpointId.parse(text));
        } catch (MalformedInputException notAnId) {
            // A name that stands for no Endpoint and for no Agents that share it proves nothing, and harms nothing.
            SharedIdentity.parse(text).ifPresent(shared::add);
        }
    }

    /// The peer's certificate on this channel, once the TLS handshake is done; of nobody where there is none.
    public static CertificateIdentity of(Channel channel) {
        List<X509Certificate> chain = chain(channel);
        return chain.isEmpty() ? NONE : of(chain.getFirst());
    }

    public static CertificateIdentity of(X509Certificate certificate) {
        return new CertificateIdentity(alternativeNames(certificate), commonName(certificate));
    }

    /// The peer's certificate on this channel first, then those that signed it; empty where it showed none.
    public static List<X509Certificate> chain(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return List.of();
        }
        try {
            Certificate[] chain = tls.engine().getSession().getPeerCertificates();
            return Stream.of(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException noCertificate) {
            return List.of();
        }
    }

    /// Where there are several, nobody knows which is meant.
    private static String commonName(X509Certificate certificate) {
        try {
            List<String> names = new LdapName(
                            certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(each -> each.getType().equalsIgnoreCase("CN"))
                            .map(each -> each.getValue() instanceof String text ? text : "")
                            .toList();
            return names.size() == 1 ? names.getFirst() : "";
        } catch (InvalidNameException unreadable) {
            return "";
        }
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    public boolean proves(EndpointId id) {
        return endpointIds.contains(id)
                || shared.stream().anyMatch(agents -> agents.covers(id))
                || (isHost(id) && hostNames.contains(id.instanceId().toLowerCase(Locale.ROOT)));
    }

    /// Whether the certificate belongs to Endpoints, and this is none of them: then the peer is not who it
    /// says.
    public boolean contradicts(EndpointId id) {
        boolean names = namesEndpoints() || (isHost(id) && !hostNames.isEmpty());
        return names && !proves(id);
    }

    /// The one Endpoint ID that the certificate names, where it names one.
    public Optional<EndpointId> only() {
        return endpointIds.size() == 1 && shared.isEmpty() ? Optional.of(endpointIds.getFirst()) : Optional.empty();
    }

    /// Whether it is a certificate of Endpoints, and not only of a host.
    public boolean namesEndpoints() {
        return !endpointIds.isEmpty() || !shared.isEmpty();
    }

    /// The common name of its subject, by which TR-069 knows a device; empty where it has none, or several. It is no
    /// proof of an Endpoint ID.
    public String commonName() {
        return commonName;
    }

    /// Whom it names, in words for people: Endpoints, else the common name, else hosts.
    public String owner() {
        return namesEndpoints() || commonName.isEmpty() ? toString() : ChainFailure.shown(commonName);
    }

    private static boolean isHost(EndpointId id) {
        return id.scheme().equals("fqdn");
    }

    /// For people.
    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        endpointIds.forEach(id -> all.add(id.toString()));
        shared.forEach(agents -> all.add(agents.scheme() + ":" + agents.authorityId() + ":" + agents.prefix() + "*"));
        all.addAll(hostNames);
        return all.isEmpty() ? "nobody" : String.join(", ", all);
    }
}
