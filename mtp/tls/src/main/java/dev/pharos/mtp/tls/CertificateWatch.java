// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Our own certificate and its key where another library than Netty speaks the TLS: looked at every second, and
/// whoever uses them is told when there are new ones that belong together. Thread-safe.
public final class CertificateWatch implements AutoCloseable {
    private final Reloaded<KeyPairFiles> files;
    private volatile Thread watch = Thread.ofVirtual().unstarted(() -> {});

    private CertificateWatch(Reloaded<KeyPairFiles> files) {
        this.files = files;
    }

    /// What changes from now on counts as new.
    ///
    /// @param chain a PEM file, our certificate first, then those that signed it
    /// @throws IOException naming the file that cannot be used
    public static CertificateWatch of(Path chain, Path key) throws IOException {
        return new CertificateWatch(new Reloaded<>(List.of(chain, key), () -> KeyPairFiles.read(chain, key)));
    }

    /// @param changed is run for each new pair, on a thread of the watch
    public void start(Runnable changed) {
        watch = Thread.ofVirtual()
                .name("certificate-files")
                .start(() -> files.watch(Limits.FILE_CHECK, anew -> {
                    if (anew) {
                        changed.run();
                    }
                }));
    }

    /// Lets the files be.
    @Override
    public void close() {
        watch.interrupt();
    }
}
