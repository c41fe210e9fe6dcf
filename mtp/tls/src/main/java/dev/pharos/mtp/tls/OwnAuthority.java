// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who vouches for our own certificate, for peers that are to be told whom to trust. Its files are looked at each time.
/// Thread-safe.
public final class OwnAuthority {
    private static final int LONGEST_CHAIN = 10;

    private final Reloaded<Optional<X509Certificate>> found;

    private OwnAuthority(Reloaded<Optional<X509Certificate>> found) {
        this.found = found;
    }

    /// @param settings with a certificate of ours
    /// @throws IOException naming the file that cannot be used
    public static OwnAuthority open(TlsSettings settings) throws IOException {
        return new OwnAuthority(new Reloaded<>(settings.files(), () -> find(settings)));
    }

    /// The last along the chain that our files hold. Empty where it leads to somebody whom the runtime trusts, as peers
    /// do then, and where the files hold nobody who has signed it. May wait for the disk.
    public Optional<X509Certificate> current() {
        found.refresh();
        return found.current();
    }

    private static Optional<X509Certificate> find(TlsSettings settings) throws IOException {
        List<X509Certificate> chain =
                PemFiles.certificates(settings.certificateChain().orElseThrow());
        if (new Vouching(TlsSettings.trustingTheRuntime()).test(chain)) {
            return Optional.empty();
        }
        List<X509Certificate> known = new ArrayList<>(chain);
        if (settings.trusted().isPresent()) {
            known.addAll(PemFiles.certificates(settings.trusted().get()));
        }
        X509Certificate top = chain.getFirst();
        boolean signed = hasSigned(top, top);
        for (int i = 0; i < LONGEST_CHAIN && !hasSigned(top, top); i++) {
            X509Certificate below = top;
            Optional<X509Certificate> above =
                    known.stream().filter(each -> hasSigned(each, below)).findFirst();
            if (above.isEmpty()) {
                break;
            }
            signed = true;
            top = above.get();
        }
        return signed ? Optional.of(top) : Optional.empty();
    }

    private static boolean hasSigned(X509Certificate authority, X509Certificate certificate) {
        if (!authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }
}
