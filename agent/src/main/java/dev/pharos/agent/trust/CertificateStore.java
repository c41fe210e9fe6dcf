// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import dev.pharos.agent.config.Limits;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The certificates behind `Device.LocalAgent.Certificate.`, kept in `certificates.pem`. Thread-safe.
public final class CertificateStore {
    private static final String FILE = "certificates.pem";

    private final @Nullable Path file;
    private final Map<Name, KnownCertificate> certificates = new LinkedHashMap<>(1);

    private record Name(String serialNumber, String issuer) {
        static Name of(KnownCertificate certificate) {
            return new Name(certificate.serialNumber(), certificate.issuer());
        }
    }

    private CertificateStore(@Nullable Path file) {
        this.file = file;
    }

    /// @param directory empty to keep them only as long as the process lives
    /// @throws IOException where the file cannot be read; its text says what to do
    public static CertificateStore open(Optional<Path> directory) throws IOException {
        Path file = directory.map(folder -> folder.resolve(FILE)).orElse(null);
        CertificateStore store = new CertificateStore(file);
        if (file != null && Files.exists(file)) {
            try {
                byte[] content = Files.readAllBytes(file);
                for (var read : CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(content))) {
                    if (read instanceof X509Certificate certificate) {
                        KnownCertificate known = new KnownCertificate(certificate);
                        store.certificates.put(Name.of(known), known);
                    }
                }
            } catch (CertificateException broken) {
                throw new IOException("cannot be read, delete it to go on: " + file, broken);
            }
        }
        return store;
    }

    public synchronized List<KnownCertificate> all() {
        return List.copyOf(certificates.values());
    }

    public synchronized Optional<KnownCertificate> find(String serialNumber, String issuer) {
        return Optional.ofNullable(certificates.get(new Name(serialNumber, issuer)));
    }

    /// Keeps a certificate; returns after it is safe.
    ///
    /// @throws UspException 7025 where it, or one of its name, is there; 7005; 7003 where it cannot be written
    public synchronized void add(KnownCertificate certificate) {
        if (certificates.size() >= Limits.CERTIFICATES) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED, "there are " + Limits.CERTIFICATES + " certificates");
        }
        if (certificates.putIfAbsent(Name.of(certificate), certificate) != null) {
            throw new UspException(
                    StandardErrorCode.DUPLICATE_KEY, "there is a certificate of this issuer and serial number");
        }
        try {
            write();
        } catch (IOException failed) {
            certificates.remove(Name.of(certificate));
            throw notWritten(failed);
        }
    }

    /// @throws UspException 7003 where that cannot be written
    public synchronized void remove(String serialNumber, String issuer) {
        KnownCertificate gone = certificates.remove(new Name(serialNumber, issuer));
        if (gone != null) {
            try {
                write();
            } catch (IOException failed) {
                certificates.put(Name.of(gone), gone);
                throw notWritten(failed);
            }
        }
    }

    private static UspException notWritten(IOException failed) {
        return new UspException(
                StandardErrorCode.INTERNAL_ERROR, "certificates could not be stored: " + failed.getMessage());
    }

    private void write() throws IOException {
        if (file == null) {
            return;
        }
        StringBuilder text = new StringBuilder();
        certificates.values().forEach(certificate -> text.append(certificate.pem()));
        Path fresh = file.resolveSibling(FILE + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
