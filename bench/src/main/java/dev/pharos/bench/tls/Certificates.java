// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.tls;

import dev.pharos.bench.measure.Scratch;
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
public record Certificates(Path folder, Authority authority, Issued server, Issued device) implements AutoCloseable {
    static final EndpointId DEVICE = EndpointId.of("proto::bench-device");

    private static final EndpointId CONTROLLER = EndpointId.of("self::pharos");
    private static final Set<Use> BOTH = Set.of(Use.SERVER, Use.CLIENT);

    public static Certificates make() throws IOException {
        Path folder = Files.createTempDirectory("pharos-bench-tls");
        Validity today = today();
        Authority authority = Authority.create("bench", KeyKind.EC, today);
        Issued server = authority.issue(
                new CertificateOrder(
                        "server", List.of(SubjectName.host("localhost"), SubjectName.of(CONTROLLER)), BOTH, today),
                KeyKind.EC);
        Issued device = authority.issue(
                new CertificateOrder("device", List.of(SubjectName.of(DEVICE)), BOTH, today), KeyKind.EC);
        Certificates made = new Certificates(folder, authority, server, device);
        PemWriter.certificates(made.trusted(), authority.certificate());
        PemWriter.certificates(made.chain(), server.certificate());
        PemWriter.key(made.key(), server.key());
        return made;
    }

    private static Validity today() {
        return Validity.days(Instant.now(), 1);
    }

    /// Files of another device's own certificate.
    public DeviceFiles of(EndpointId id) throws IOException {
        Issued issued = authority.issue(
                new CertificateOrder(id.toString(), List.of(SubjectName.of(id)), BOTH, today()), KeyKind.EC);
        String name = id.toString().replace(':', '_');
        DeviceFiles files = new DeviceFiles(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
        PemWriter.certificates(files.certificate(), issued.certificate());
        PemWriter.key(files.key(), issued.key());
        return files;
    }

    /// Where a device's certificate and its key are.
    public record DeviceFiles(Path certificate, Path key) {}

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
    public void close() {
        new Scratch(folder).close();
    }

    /// Without keys.
    @Override
    public String toString() {
        return folder.toString();
    }
}
