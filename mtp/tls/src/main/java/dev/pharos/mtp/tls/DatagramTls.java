// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Our own certificate, and the judgement on those of others, of an endpoint that is client and server at once: for
/// DTLS, whose library makes its handshakes itself. The files are looked at every second, and what has changed counts
/// from the next handshake on. Thread-safe.
public final class DatagramTls implements AutoCloseable {
    private final Reloaded<Prepared> files;
    private final Thread watch;

    private record Prepared(KeyPairFiles own, PeerTrust trust) {}

    private DatagramTls(Reloaded<Prepared> files, Consumer<Boolean> looked) {
        this.files = files;
        this.watch = Thread.ofVirtual().name("dtls-files").start(() -> files.watch(Limits.FILE_CHECK, looked));
    }

    /// @param settings with a certificate and its key, which each end of DTLS shows
    /// @param changed is run, on a thread of its own, each time that there is something new
    /// @throws IOException naming the file that cannot be used
    public static DatagramTls open(TlsSettings settings, Runnable changed) throws IOException {
        if (settings.certificateChain().isEmpty()) {
            throw new IllegalArgumentException("each end of DTLS needs a certificate");
        }
        return new DatagramTls(new Reloaded<>(settings.files(), () -> prepare(settings)), something -> {
            if (something) {
                changed.run();
            }
        });
    }

    private static Prepared prepare(TlsSettings settings) throws IOException {
        return new Prepared(
                KeyPairFiles.read(
                        settings.certificateChain().orElseThrow(),
                        settings.privateKey().orElseThrow()),
                ServerTls.trust(settings, InstantSource.system()));
    }

    public PrivateKey key() {
        return files.current().own().key();
    }

    /// Our certificate first, then those that signed it.
    public List<X509Certificate> chain() {
        return files.current().own().chain();
    }

    /// Why somebody who has dialled us is not let in, in a sentence about the peer; empty where its certificates are
    /// good.
    public Optional<String> objectionToClient(List<X509Certificate> chain) {
        return files.current().trust().objectionToClient(chain);
    }

    /// The same of somebody whom we have dialled.
    ///
    /// @param wanted whom we want to reach, beside whom the settings name
    /// @param host as it was dialled
    /// @param namesHost whether a certificate is for that host
    public Optional<String> objectionToServer(
            List<X509Certificate> chain,
            Optional<EndpointId> wanted,
            String host,
            Predicate<X509Certificate> namesHost) {
        return files.current().trust().objectionToServer(chain, wanted, host, namesHost);
    }

    /// Whether certificates that were good do not hold any more.
    ///
    /// @return why, in a sentence about the peer
    public Optional<String> ended(List<X509Certificate> chain) {
        return chain.isEmpty() ? Optional.empty() : files.current().trust().ended(chain);
    }

    /// Lets the files be.
    @Override
    public void close() {
        watch.interrupt();
    }
}
