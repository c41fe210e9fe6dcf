// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.enrol;

import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.mtp.tls.PemFiles;
import dev.pharos.pki.CertificateRequest;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.PemWriter;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The device's own key and its certificate, in a folder that nobody else may read. The key is made here and never
/// leaves; it stays the same when the certificate is renewed, so that both always belong together.
public final class OwnCertificate {
    private final Path folder;
    private final EndpointId own;

    /// @param folder made where it is needed
    public OwnCertificate(Path folder, EndpointId own) {
        this.folder = folder;
        this.own = own;
    }

    public Path certificate() {
        return folder.resolve("device.pem");
    }

    public Path key() {
        return folder.resolve("device.key");
    }

    private Path request() {
        return folder.resolve("device.csr");
    }

    /// What is asked for, with a new key where there is none yet.
    ///
    /// @throws IOException where the files cannot be read or written
    CertificateRequest asked() throws IOException {
        if (Files.exists(key()) && Files.exists(request())) {
            try {
                CertificateRequest made = CertificateRequest.parse(Files.readAllBytes(request()));
                if (made.endpoint().equals(own)) {
                    return made;
                }
            } catch (MalformedInputException damaged) {
                throw new IOException(request() + " is damaged: " + damaged.detail() + "; remove " + folder, damaged);
            }
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // whoever finds a request finds the key that it was made with
        Files.deleteIfExists(request());
        Files.deleteIfExists(certificate());
        KeyPair keys = KeyKind.EC.generate();
        PemWriter.key(key(), keys.getPrivate());
        CertificateRequest made = CertificateRequest.of(own, keys);
        Path written = folder.resolve("device.csr.new");
        Files.write(written, made.encoded().toByteArray());
        Files.move(written, request(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return made;
    }

    /// The certificate that is there, whether it has expired or not.
    Optional<X509Certificate> current() throws IOException {
        if (!Files.exists(certificate()) || !Files.exists(key())) {
            return Optional.empty();
        }
        return Optional.of(PemFiles.certificates(certificate()).getFirst())
                .filter(found -> CertificateIdentity.of(found).proves(own));
    }

    boolean holds(Instant now) throws IOException {
        return current()
                .filter(found -> now.isBefore(found.getNotAfter().toInstant()))
                .isPresent();
    }

    /// Keeps what an authority has signed, in place of what was there.
    ///
    /// @param chain the device's own certificate, then those that signed it
    /// @throws IOException where it is for another key or another Endpoint, which is kept by nobody
    void keep(List<X509Certificate> chain) throws IOException {
        X509Certificate first = chain.getFirst();
        if (!first.getPublicKey().equals(asked().key())) {
            throw new IOException("the certificate is for another key than the device's");
        }
        CertificateIdentity identity = CertificateIdentity.of(first);
        if (!identity.proves(own)) {
            throw new IOException("the certificate belongs to " + identity + ", and not to " + own);
        }
        PemWriter.certificates(certificate(), chain.toArray(X509Certificate[]::new));
    }
}
