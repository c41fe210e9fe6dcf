// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/// Our own certificate and its key, which belong together.
///
/// @param chain our certificate first, then those that signed it
record KeyPairFiles(PrivateKey key, List<X509Certificate> chain) {

    /// @throws IOException naming the file that cannot be used
    static KeyPairFiles read(Path chainFile, Path keyFile) throws IOException {
        List<X509Certificate> chain = PemFiles.certificates(chainFile);
        PrivateKey key = PemFiles.privateKey(keyFile);
        if (!belongTogether(key, chain.getFirst().getPublicKey())) {
            throw new IOException(
                    "cannot use the certificate " + chainFile + " with the key " + keyFile + ": it is another's key");
        }
        return new KeyPairFiles(key, chain);
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        try {
            byte[] something = {1, 2, 3};
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(something);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    KeyManagerFactory keyManagers() throws IOException {
        try {
            char[] none = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key, none, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, none);
            return factory;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("cannot use our key: " + unusable.getMessage(), unusable);
        }
    }

    /// Without the key.
    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal().toString();
    }
}
