// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import dev.pharos.usp.integrity.Acquaintances;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether an authority that is trusted vouches for certificates, by the same files as in a TLS handshake; whoever is
/// known without one does not count. The files are read when it is asked for the first time. Thread-safe; may wait for
/// the disk.
public final class Vouching implements Predicate<List<X509Certificate>> {
    private static final Logger LOG = LoggerFactory.getLogger(Vouching.class);

    private final TlsSettings settings;
    private @Nullable Reloaded<PeerTrust> files;

    public Vouching(TlsSettings settings) {
        this.settings = settings.withAcquaintances(Acquaintances.NONE);
    }

    /// @param chain the peer's own certificate first
    @Override
    public boolean test(List<X509Certificate> chain) {
        try {
            Reloaded<PeerTrust> read = files();
            read.refresh();
            return read.current().objection(chain).isEmpty();
        } catch (IOException unusable) {
            LOG.warn("nobody vouches for any certificate: {}", unusable.getMessage());
            return false;
        }
    }

    private synchronized Reloaded<PeerTrust> files() throws IOException {
        Reloaded<PeerTrust> read = files;
        if (read == null) {
            read = new Reloaded<>(settings.files(), () -> ServerTls.trust(settings, InstantSource.system()));
            files = read;
        }
        return read;
    }
}
