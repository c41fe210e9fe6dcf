// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.peer;

import dev.pharos.agent.trust.Admission;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Who is at the other end of the TLS inside a session, and what was decided on it. Thread-safe.
final class SecuredPeer {
    private final List<X509Certificate> chain;
    private Optional<Admission> admitted = Optional.empty();

    SecuredPeer(List<X509Certificate> chain) {
        this.chain = chain;
    }

    /// Whether it is let in, decided once for each session and connection.
    synchronized boolean admitted(Function<List<X509Certificate>, Admission> judge) {
        if (admitted.isEmpty()) {
            admitted = Optional.of(judge.apply(chain));
        }
        return admitted.get().isGranted();
    }

    /// The certificates of a connection were judged since, which may have changed what counts.
    synchronized void judgeAgain() {
        admitted = Optional.empty();
    }
}
