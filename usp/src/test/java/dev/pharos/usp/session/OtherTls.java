// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.integrity.SecureIdentity;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/// A TLS server that shares no line with the JDK's: that of Bouncy Castle.
final class OtherTls {
    private final TlsServerProtocol protocol = new TlsServerProtocol();
    private final Server server;

    OtherTls(SecureIdentity identity, ProtocolVersion version) throws IOException {
        JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(new SecureRandom());
        server = new Server(crypto, identity, version);
        protocol.accept(server);
    }

    /// What it answers.
    Bytes receive(List<Bytes> records) throws IOException {
        for (Bytes record : records) {
            protocol.offerInput(record.toByteArray());
        }
        byte[] answer = new byte[protocol.getAvailableOutputBytes()];
        protocol.readOutput(answer, 0, answer.length);
        return Bytes.adopt(answer);
    }

    /// What it exports under a label with an empty context, and with none.
    byte[] exported(boolean withContext) {
        return withContext ? server.withEmptyContext : server.withoutContext;
    }

    private static final class Server extends DefaultTlsServer {
        private final JcaTlsCrypto jca;
        private final SecureIdentity identity;
        private final ProtocolVersion version;
        private byte[] withEmptyContext = {};
        private byte[] withoutContext = {};

        Server(JcaTlsCrypto crypto, SecureIdentity identity, ProtocolVersion version) {
            super(crypto);
            this.jca = crypto;
            this.identity = identity;
            this.version = version;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return version.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
        }

        private boolean newer() {
            return version.equals(ProtocolVersion.TLSv13);
        }

        @Override
        public TlsCredentials getCredentials() throws IOException {
            try {
                TlsCertificate certificate =
                        jca.createCertificate(identity.chain().getFirst().getEncoded());
                Certificate chain = newer()
                        ? new Certificate(
                                TlsUtils.EMPTY_BYTES, new CertificateEntry[] {new CertificateEntry(certificate, null)})
                        : new Certificate(new TlsCertificate[] {certificate});
                return new JcaDefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context), jca, identity.key(), chain, scheme());
            } catch (java.security.cert.CertificateEncodingException impossible) {
                throw new IOException(impossible);
            }
        }

        private static SignatureAndHashAlgorithm scheme() {
            return new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);
        }

        // The library asks for a Vector.
        @SuppressWarnings("JdkObsolete")
        @Override
        public CertificateRequest getCertificateRequest() throws IOException {
            Vector<SignatureAndHashAlgorithm> schemes = new Vector<>(List.of(scheme()));
            return newer()
                    ? new CertificateRequest(TlsUtils.EMPTY_BYTES, schemes, null, null)
                    : new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign}, schemes, null);
        }

        @Override
        public void notifyClientCertificate(Certificate certificate) {}

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            withEmptyContext = context.exportKeyingMaterial("EXPORTER-BBF-USP-Record", new byte[0], 64);
            withoutContext = context.exportKeyingMaterial("EXPORTER-BBF-USP-Record", null, 64);
        }
    }
}
