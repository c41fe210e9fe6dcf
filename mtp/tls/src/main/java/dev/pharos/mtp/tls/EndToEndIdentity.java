// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.CertificateJudge;
import dev.pharos.usp.integrity.SecureIdentity;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Who we are end to end and whom we believe there, from the same PEM files as the TLS of transports, which are
/// looked at every second: what has changed counts from the next session on, and for the next signature that is
/// checked. Thread-safe.
public final class EndToEndIdentity implements Supplier<Optional<SecureIdentity>>, AutoCloseable {
    private final Reloaded<SecureIdentity> files;
    private final Thread watch;

    private EndToEndIdentity(Reloaded<SecureIdentity> files) {
        this.files = files;
        this.watch =
                Thread.ofVirtual().name("end-to-end-files").start(() -> files.watch(Limits.FILE_CHECK, changed -> {}));
    }

    /// @param settings with a certificate and those that the peer's must lead to
    /// @throws IOException naming the file that cannot be used
    public static EndToEndIdentity open(TlsSettings settings) throws IOException {
        if (settings.certificateChain().isEmpty() || settings.trusted().isEmpty()) {
            throw new IllegalArgumentException("end-to-end security needs a certificate, its key and whom to trust");
        }
        return new EndToEndIdentity(new Reloaded<>(settings.files(), () -> prepare(settings, InstantSource.system())));
    }

    static SecureIdentity prepare(TlsSettings settings, InstantSource clock) throws IOException {
        KeyPairFiles own = KeyPairFiles.read(
                settings.certificateChain().orElseThrow(), settings.privateKey().orElseThrow());
        PeerTrust trust = ServerTls.trust(settings, clock);
        try {
            return new SecureIdentity(own.chain(), own.key(), new Judge(trust));
        } catch (IllegalArgumentException unfit) {
            throw new IOException(
                    "cannot use " + settings.certificateChain().orElseThrow() + ": " + unfit.getMessage(), unfit);
        }
    }

    private record Judge(PeerTrust trust) implements CertificateJudge {
        /// The chain as TLS judges it, and that it names the peer (R-SEC.0a): between the two ends, a host name or
        /// nothing at all is no proof.
        @Override
        public Optional<String> objection(EndpointId peer, List<X509Certificate> chain) {
            CertificateIdentity identity = CertificateIdentity.of(chain.getFirst());
            return objectionToKnown(chain)
                    .or(() -> identity.proves(peer)
                            ? Optional.empty()
                            : Optional.of("its certificate belongs to " + identity + ", not to " + peer));
        }

        @Override
        public Optional<String> objectionToKnown(List<X509Certificate> chain) {
            return trust.objection(chain);
        }
    }

    @Override
    public Optional<SecureIdentity> get() {
        return Optional.of(files.current());
    }

    /// Lets the files be.
    @Override
    public void close() {
        watch.interrupt();
    }
}
