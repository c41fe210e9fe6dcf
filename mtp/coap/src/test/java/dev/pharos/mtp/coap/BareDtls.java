// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.tls.PemFiles;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateIdentityResult;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.SignatureAndHashAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite.CertificateKeyAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.XECDHECryptography.SupportedGroup;
import org.eclipse.californium.scandium.dtls.x509.CertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.util.ServerNames;

/// The library's CoAP in DTLS without our transport: it takes anybody, and shows what it is given, whatever that
/// is for.
final class BareDtls {
    private BareDtls() {}

    /// A socket of this host.
    ///
    /// @param shown nothing where empty, which only a client can do
    static CoapEndpoint endpoint(Optional<TestAuthority.Files> shown) throws IOException {
        CoapConfig.register();
        DtlsConfig.register();
        Configuration settings = Configuration.createStandardWithoutFile();
        settings.set(DtlsConfig.DTLS_VERIFY_SERVER_CERTIFICATES_SUBJECT, false);
        var config = new DtlsConnectorConfig.Builder(settings)
                .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                        .setTrustAllCertificates()
                        .build());
        if (shown.isPresent()) {
            config.setCertificateIdentityProvider(new Shows(shown.get()));
        } else {
            config.set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.CLIENT_ONLY);
        }
        return CoapEndpoint.builder()
                .setConfiguration(settings)
                .setConnector(new DTLSConnector(config.build()))
                .build();
    }

    /// The library's own provider looks first whether a certificate is for this.
    private record Shows(TestAuthority.Files files) implements CertificateProvider {
        @Override
        public List<CertificateKeyAlgorithm> getSupportedCertificateKeyAlgorithms() {
            return List.of(CertificateKeyAlgorithm.EC);
        }

        @Override
        public List<CertificateType> getSupportedCertificateTypes() {
            return List.of(CertificateType.X_509);
        }

        @Override
        public CertificateIdentityResult requestCertificateIdentity(
                ConnectionId cid,
                boolean client,
                List<X500Principal> issuers,
                ServerNames serverNames,
                List<CertificateKeyAlgorithm> certificateKeyAlgorithms,
                List<SignatureAndHashAlgorithm> signatureAndHashAlgorithms,
                List<SupportedGroup> curves) {
            try {
                List<X509Certificate> chain = List.of(files.certificate());
                return new CertificateIdentityResult(cid, PemFiles.privateKey(files.key()), chain);
            } catch (IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }

        @Override
        public void setResultHandler(HandshakeResultHandler resultHandler) {
            // All is there at once.
        }
    }
}
