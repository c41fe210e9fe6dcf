// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.tls;

import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.Issued;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.PemWriter;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A server's and a device's certificate, elliptic curve P-256, in a folder that goes with them.
public record Certificates(Path folder, Issued server, Issued device) implements AutoCloseable {
    static final EndpointId DEVICE = EndpointId.of("proto::bench-device");

    public static Certificates make() throws IOException {
        Path folder = Files.createTempDirectory("pharos-bench-tls");
        Validity today = Validity.days(Instant.now(), 1);
        Authority authority = Authority.create("bench", KeyKind.EC, today);
        Set<Use> both = Set.of(Use.SERVER, Use.CLIENT);
        Issued server = authority.issue(
                new CertificateOrder("server", List.of(SubjectName.host("localhost")), both, today), KeyKind.EC);
        Issued device = authority.issue(
                new CertificateOrder("device", List.of(SubjectName.of(DEVICE)), both, today), KeyKind.EC);
        Certificates made = new Certificates(folder, server, device);
        PemWriter.certificates(made.trusted(), authority.certificate());
        PemWriter.certificates(made.chain(), server.certificate());
        PemWriter.key(made.key(), server.key());
        return made;
    }

    public Path trusted() {
        return folder.resolve("authority.pem");
    }

    public Path chain() {
        return folder.resolve("server.pem");
    }

    public Path key() {
        return folder.resolve("server.key");
    }

    @Override
    public void close() throws IOException {
        for (Path file : List.of(trusted(), chain(), key())) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    /// Without keys.
    @Override
    public String toString() {
        return folder.toString();
    }
}
