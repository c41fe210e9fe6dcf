// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.UspController;
import dev.pharos.mtp.Turnstile;
import dev.pharos.mtp.tls.PemFiles;
import dev.pharos.pki.Authority;
import dev.pharos.server.enrolment.Bootstraps;
import dev.pharos.server.enrolment.DeviceLoginDesk;
import dev.pharos.server.enrolment.EnrolmentDesk;
import dev.pharos.server.enrolment.EstListener;
import dev.pharos.server.store.AuditStore;
import dev.pharos.server.store.BootstrapStore;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.DeviceLoginStore;
import dev.pharos.server.store.EnrolmentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How devices get certificates of their own.
final class EstOptions {
    @Option(
            names = "--est",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "enrolment: where devices get a certificate by EST, over TLS (default off); needs --cert,"
                    + " --key, --ca, --signer and --signer-key")
    Port est = Port.OFF;

    @Option(
            names = "--signer",
            paramLabel = "FILE",
            description = "PEM: the authority that signs certificates of devices that enrol; it must be in --ca too")
    @Nullable
    Path signer;

    @Option(names = "--signer-key", paramLabel = "FILE", description = "PEM: its private key, PKCS#8, unencrypted")
    @Nullable
    Path signerKey;

    boolean on() {
        return est.on();
    }

    /// What devices enrol with and where they do.
    record Place(UspController controller, Database database, Turnstile turnstile, Clock clock) {}

    /// With what devices come the first time; kept whether any are expected now or not.
    Bootstraps bootstraps(ServerOptions options, Place place) {
        Path trusted = options.ca;
        return new Bootstraps(
                new BootstrapStore(place.database()),
                () -> trusted == null ? List.of() : PemFiles.certificates(trusted),
                place.clock());
    }

    /// Logins at our brokers, which devices come by a bootstrap for as well.
    static DeviceLoginDesk logins(Place place, Bootstraps bootstraps) {
        return new DeviceLoginDesk(new DeviceLoginDesk.Parts(
                place.controller(),
                bootstraps,
                new DeviceLoginStore(place.database()),
                new EnrolmentStore(place.database()),
                new AuditStore(place.database()),
                place.clock()));
    }

    EstListener listen(ServerOptions options, Place place, Bootstraps bootstraps) throws StartException, IOException {
        EnrolmentDesk desk = new EnrolmentDesk(
                place.controller(),
                authority(options.ca),
                new EnrolmentStore(place.database()),
                new AuditStore(place.database()),
                place.clock());
        try {
            return new EstListener(
                    new EstListener.Parts(
                            desk, bootstraps, place.turnstile(), place.controller()::refused, place.clock()),
                    options.tls(),
                    options.host,
                    est.number());
        } catch (IOException failed) {
            throw new IOException(failed.getMessage() + " (option --est)", failed);
        }
    }

    /// Who signs.
    ///
    /// @throws StartException where what it signs would not be believed, or there is nothing to sign with
    Authority authority(@Nullable Path ca) throws StartException {
        Path certificate = signer;
        Path key = signerKey;
        if (ca == null || certificate == null || key == null) {
            throw StartException.usage("--est needs --cert, --key, --ca, --signer and --signer-key");
        }
        try {
            Authority read = Authority.read(certificate, key);
            if (!PemFiles.certificates(ca).contains(read.certificate())) {
                throw StartException.usage("--signer " + certificate + " is not in --ca " + ca
                        + ": devices would get certificates that nobody here believes");
            }
            return read;
        } catch (IOException unusable) {
            throw StartException.failed("--signer: " + unusable.getMessage());
        }
    }
}
