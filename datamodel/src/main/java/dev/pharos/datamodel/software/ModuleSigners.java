// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.software;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Frozen;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Those who may sign software modules: with SHA-256, by an RSA key of 2,048 bits and more, or by one on an elliptic
/// curve. A certificate stands for its key; until when it is good does not count, since a signature stays what it is.
///
/// @param makers their certificates; none: modules are not signed here
public record ModuleSigners(List<X509Certificate> makers) {
    public static final ModuleSigners NONE = new ModuleSigners(List.of());

    private static final int RSA_BITS = 2_048;
    private static final int BUFFER = 1 << 16;

    /// Certificates that are compared with: each reads the whole file once more.
    private static final int MOST = 20;

    /// @throws IllegalArgumentException saying which of them cannot be
    public ModuleSigners {
        makers = Frozen.list(makers);
        if (makers.size() > MOST) {
            throw new IllegalArgumentException("there are more than " + MOST + " certificates");
        }
        makers.forEach(ModuleSigners::algorithm);
    }

    public boolean any() {
        return !makers.isEmpty();
    }

    /// @param file is read to its end
    /// @return the name in the certificate of whoever has signed it; empty where that is none of them
    public Optional<String> signer(InputStream file, Bytes signature) throws IOException {
        List<Signature> checks = new ArrayList<>();
        try {
            for (X509Certificate maker : makers) {
                Signature check = Signature.getInstance(algorithm(maker));
                check.initVerify(maker.getPublicKey());
                checks.add(check);
            }
            byte[] buffer = new byte[BUFFER];
            for (int read = file.read(buffer); read >= 0; read = file.read(buffer)) {
                for (Signature check : checks) {
                    check.update(buffer, 0, read);
                }
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("keys of certificates that were read can be used", impossible);
        }
        for (int i = 0; i < checks.size(); i++) {
            if (isBy(checks.get(i), signature)) {
                return Optional.of(makers.get(i).getSubjectX500Principal().getName());
            }
        }
        return Optional.empty();
    }

    private static boolean isBy(Signature check, Bytes signature) {
        try {
            return check.verify(signature.toByteArray());
        } catch (SignatureException malformed) {
            return false;
        }
    }

    private static String algorithm(X509Certificate maker) {
        PublicKey key = maker.getPublicKey();
        boolean rsa = key.getAlgorithm().equals("RSA");
        if (rsa && key instanceof RSAKey sized && sized.getModulus().bitLength() < RSA_BITS) {
            throw new IllegalArgumentException(
                    "the RSA key of " + maker.getSubjectX500Principal() + " has fewer than " + RSA_BITS + " bits");
        }
        if (!rsa && !key.getAlgorithm().equals("EC")) {
            throw new IllegalArgumentException("the key of " + maker.getSubjectX500Principal()
                    + " is neither RSA nor EC, but " + key.getAlgorithm());
        }
        return rsa ? "SHA256withRSA" : "SHA256withECDSA";
    }
}
