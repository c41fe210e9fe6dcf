// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A folder with an authority for development and everything that it has signed. What is there stays, unless
/// its renewal is asked for; the authority itself always stays.
public final class DevelopmentFolder {
    /// Longer than anything that it signs may live.
    private static final int AUTHORITY_DAYS = 3650;

    private final Path folder;

    public DevelopmentFolder(Path folder) {
        this.folder = folder;
    }

    /// What is to be there.
    ///
    /// @param controller whom the server's and the controller's certificates name
    /// @param hosts names and addresses under which the server is reached
    /// @param days how long certificates hold, 1 to 3650
    /// @param renew whether certificates that are there are replaced
    public record Plan(
            EndpointId controller,
            List<EndpointId> devices,
            List<SubjectName> hosts,
            KeyKind kind,
            int days,
            boolean renew) {
        public Plan {
            devices = List.copyOf(devices);
            hosts = List.copyOf(hosts);
            if (days < 1 || days > AUTHORITY_DAYS) {
                throw new IllegalArgumentException("days must be 1 to " + AUTHORITY_DAYS + ": " + days);
            }
        }
    }

    /// A certificate and its key in the folder.
    ///
    /// @param owner `authority`, `server`, `controller`, or a device's Endpoint ID
    /// @param made whether it has been made now, else it was there before
    public record Entry(String owner, Path certificate, Path key, boolean made, X509Certificate content) {}

    /// Makes what is missing.
    ///
    /// @return all that was planned, the authority first
    public List<Entry> fill(Plan plan, Instant now) throws IOException {
        makePrivate(folder);
        makePrivate(folder.resolve("devices"));
        List<Entry> entries = new ArrayList<>();
        Entry signer = authority(plan, now);
        entries.add(signer);
        Authority authority = new Authority(signer.content(), PemReader.key(signer.key()));
        Validity validity = Validity.days(now, plan.days());
        List<SubjectName> reached = Stream.concat(Stream.of(SubjectName.of(plan.controller())), plan.hosts().stream())
                .toList();
        Set<Use> both = Set.of(Use.SERVER, Use.CLIENT);
        entries.add(entry(
                authority,
                plan,
                "server",
                folder.resolve("server"),
                new CertificateOrder("server of " + plan.controller(), reached, both, validity)));
        entries.add(entry(
                authority,
                plan,
                "controller",
                folder.resolve("controller"),
                new CertificateOrder(
                        "controller " + plan.controller(),
                        List.of(SubjectName.of(plan.controller())),
                        Set.of(Use.CLIENT),
                        validity)));
        for (EndpointId device : plan.devices()) {
            entries.add(entry(
                    authority,
                    plan,
                    device.toString(),
                    device(device),
                    new CertificateOrder("device " + device, List.of(SubjectName.of(device)), both, validity)));
        }
        writeRevoked(authority, revoked(), validity);
        return List.copyOf(entries);
    }

    /// Makes certificates that devices have signed themselves, for Endpoints that ask for no authority.
    public List<Entry> selfSigned(Plan plan, Instant now) throws IOException {
        makePrivate(folder);
        makePrivate(folder.resolve("devices"));
        List<Entry> entries = new ArrayList<>();
        for (EndpointId device : plan.devices()) {
            Path certificate = file(device(device), ".pem");
            Path key = file(device(device), ".key");
            boolean kept = Files.exists(certificate) && Files.exists(key) && !plan.renew();
            if (!kept) {
                Issued issued = Authority.selfSigned(device, plan.kind(), Validity.days(now, plan.days()));
                PemWriter.key(key, issued.key());
                PemWriter.certificates(certificate, issued.certificate());
            }
            entries.add(new Entry(device.toString(), certificate, key, !kept, PemReader.certificate(certificate)));
        }
        return List.copyOf(entries);
    }

    /// Makes what a batch of devices is shipped with to get certificates of their own by it: an authority for this
    /// batch
    /// alone, so that nobody takes it for more, and a certificate that names no device.
    ///
    /// @param name of the batch: letters, digits, dots, dashes and underscores
    /// @return the authority, then the certificate that all of the batch share
    public List<Entry> bootstrap(String name, Plan plan, Instant now) throws IOException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,59}")) {
            throw new IllegalArgumentException("a batch's name has 1 to 60 letters, digits, dots, dashes and"
                    + " underscores, a letter or digit first: " + name);
        }
        makePrivate(folder);
        makePrivate(folder.resolve("bootstrap"));
        Path base = folder.resolve("bootstrap").resolve(name);
        Validity validity = Validity.days(now, plan.days());
        Entry signer =
                authority(base.resolveSibling(name + "-authority"), "bootstrap of " + name, plan.kind(), validity);
        Authority authority = new Authority(signer.content(), PemReader.key(signer.key()));
        return List.of(
                signer,
                entry(
                        authority,
                        plan,
                        "bootstrap of " + name,
                        base,
                        new CertificateOrder("bootstrap of " + name, List.of(), Set.of(Use.CLIENT), validity)));
    }

    /// Puts a device's certificate on the revocation list.
    ///
    /// @return the list's file
    /// @throws IOException where the folder has no authority, or no certificate of that device
    public Path revoke(EndpointId device, Instant now) throws IOException {
        Path certificate = file(device(device), ".pem");
        if (!Files.exists(file(folder.resolve("authority"), ".key"))) {
            throw new IOException("there is no authority in " + folder);
        }
        if (!Files.exists(certificate)) {
            throw new IOException("there is no certificate of " + device + " (no " + certificate + ")");
        }
        Path base = folder.resolve("authority");
        Authority authority =
                new Authority(PemReader.certificate(file(base, ".pem")), PemReader.key(file(base, ".key")));
        Set<BigInteger> serials = revoked();
        serials.add(PemReader.certificate(certificate).getSerialNumber());
        writeRevoked(authority, serials, Validity.days(now, AUTHORITY_DAYS / 10));
        return revocationList();
    }

    public Path revocationList() {
        return folder.resolve("revoked.pem");
    }

    private Path device(EndpointId id) {
        return folder.resolve("devices").resolve(id.toString().replaceAll("[^A-Za-z0-9._-]", "_"));
    }

    private static Path file(Path base, String ending) {
        return base.resolveSibling(base.getFileName() + ending);
    }

    private Entry authority(Plan plan, Instant now) throws IOException {
        return authority(
                folder.resolve("authority"),
                "for development only, trust it nowhere else",
                plan.kind(),
                Validity.days(now, AUTHORITY_DAYS));
    }

    private static Entry authority(Path base, String commonName, KeyKind kind, Validity validity) throws IOException {
        Path certificate = file(base, ".pem");
        Path key = file(base, ".key");
        boolean there = Files.exists(key);
        if (!there) {
            Authority made = Authority.create(commonName, kind, validity);
            PemWriter.certificates(certificate, made.certificate());
            PemWriter.key(key, made.key());
        }
        return new Entry(
                String.valueOf(base.getFileName()), certificate, key, !there, PemReader.certificate(certificate));
    }

    private static Entry entry(Authority authority, Plan plan, String owner, Path base, CertificateOrder order)
            throws IOException {
        Path certificate = file(base, ".pem");
        Path key = file(base, ".key");
        boolean kept = Files.exists(certificate) && Files.exists(key) && !plan.renew();
        if (!kept) {
            Issued issued = authority.issue(order, plan.kind());
            PemWriter.key(key, issued.key());
            PemWriter.certificates(certificate, issued.certificate(), authority.certificate());
        }
        return new Entry(owner, certificate, key, !kept, PemReader.certificate(certificate));
    }

    private Set<BigInteger> revoked() throws IOException {
        Set<BigInteger> serials = new HashSet<>();
        try {
            X509CRL before = PemReader.revocationList(revocationList());
            Set<? extends X509CRLEntry> entries = before.getRevokedCertificates();
            if (entries != null) {
                entries.forEach(entry -> serials.add(entry.getSerialNumber()));
            }
        } catch (NoSuchFileException none) {
            return serials;
        }
        return serials;
    }

    private void writeRevoked(Authority authority, Set<BigInteger> serials, Validity validity) throws IOException {
        PemWriter.revocationList(revocationList(), authority.revoke(serials, validity));
    }

    private static void makePrivate(Path wanted) throws IOException {
        if (!Files.isDirectory(wanted)) {
            Files.createDirectories(
                    wanted, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
