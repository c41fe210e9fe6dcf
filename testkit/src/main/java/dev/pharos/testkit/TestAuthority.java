// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.Issued;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.PemWriter;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A certificate authority that lives for one test and writes PEM files.
public final class TestAuthority {
    private static final Set<Use> BOTH = Set.of(Use.SERVER, Use.CLIENT);

    private final Path folder;
    private final Instant start = Instant.now();
    private final Authority authority;
    private final List<BigInteger> revoked = new ArrayList<>();
    private int number;

    /// A certificate with its key, in files.
    ///
    /// @param chain PEM
    /// @param key PEM
    public record Files(Path chain, Path key, X509Certificate certificate) {}

    /// @param folder where files go
    public TestAuthority(Path folder) {
        this(folder, "Test Authority");
    }

    public TestAuthority(Path folder, String name) {
        this.folder = folder;
        this.authority = Authority.create(name, KeyKind.EC, around(start, Duration.ofDays(30)));
    }

    private static Validity around(Instant now, Duration span) {
        return new Validity(now.minus(span), now.plus(span));
    }

    /// What peers are to trust. Written once: a listener would take a second time for a change.
    public Path trusted() throws IOException {
        Path file = folder.resolve("authority-" + authority.certificate().getSerialNumber() + ".pem");
        if (!java.nio.file.Files.exists(file)) {
            PemWriter.certificates(file, authority.certificate());
        }
        return file;
    }

    /// A certificate for both roles that holds today.
    public Files issue(SubjectName... names) throws IOException {
        return issue(around(start, Duration.ofDays(1)), BOTH, names);
    }

    /// One that has expired an hour ago.
    public Files issueExpired(SubjectName... names) throws IOException {
        return issue(new Validity(start.minus(Duration.ofDays(2)), start.minus(Duration.ofHours(1))), BOTH, names);
    }

    public Files issue(Validity validity, Set<Use> uses, SubjectName... names) throws IOException {
        return write(
                authority.issue(new CertificateOrder("peer " + number, List.of(names), uses, validity), KeyKind.EC));
    }

    /// One that nobody but itself has signed.
    public Files issueSelfSigned() throws IOException {
        Authority own = Authority.create("self-signed", KeyKind.EC, around(start, Duration.ofDays(1)));
        return write(new Issued(own.certificate(), own.key()));
    }

    private Files write(Issued issued) throws IOException {
        number++;
        String name = authority.certificate().getSerialNumber() + "-" + number;
        Path chain = folder.resolve("certificate-" + name + ".pem");
        Path key = folder.resolve("key-" + name + ".pem");
        PemWriter.certificates(chain, issued.certificate());
        PemWriter.key(key, issued.key());
        return new Files(chain, key, issued.certificate());
    }

    /// The revocation list, with all that were ever given here.
    public Path revoke(Files... issued) throws IOException {
        for (Files each : issued) {
            revoked.add(each.certificate().getSerialNumber());
        }
        return revocationList(around(start, Duration.ofDays(1)));
    }

    /// The revocation list as it was until an hour ago.
    public Path outdatedRevocationList() throws IOException {
        return revocationList(new Validity(start.minus(Duration.ofDays(2)), start.minus(Duration.ofHours(1))));
    }

    private Path revocationList(Validity validity) throws IOException {
        Path file = folder.resolve("revoked-" + authority.certificate().getSerialNumber() + ".pem");
        PemWriter.revocationList(file, authority.revoke(revoked, validity));
        return file;
    }
}
