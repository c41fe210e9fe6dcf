// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.enrol;

import dev.pharos.cli.enrol.EstClient.Login;
import dev.pharos.mtp.tls.HttpsTrust;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// Where a device gets its certificate, and with what it comes the first time.
///
/// @param server `https://HOST[:PORT]`
/// @param bootstrap whom the device trusts, and the certificate that it was shipped with, if that is its bootstrap
/// @param login the name and password that it was shipped with, if these are
public record EnrolmentPlan(URI server, TlsSettings bootstrap, Optional<Shipped> login) {
    /// A login that a batch of devices may share.
    public record Shipped(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }

    public EnrolmentPlan {
        boolean bare = server.getRawPath() == null
                || server.getRawPath().isEmpty()
                || server.getRawPath().equals("/");
        if (!"https".equalsIgnoreCase(server.getScheme())
                || server.getHost() == null
                || server.getRawUserInfo() != null
                || server.getRawQuery() != null
                || server.getRawFragment() != null
                || !bare) {
            throw new IllegalArgumentException("must be https://HOST[:PORT], and nothing after it: " + server);
        }
        if (login.isPresent() == bootstrap.certificateChain().isPresent()) {
            throw new IllegalArgumentException("needs a login or a certificate that the device was shipped with");
        }
        if (login.filter(shipped -> shipped.name().indexOf(':') >= 0).isPresent()) {
            throw new IllegalArgumentException(
                    "a user name holds no colon: " + login.get().name());
        }
    }

    /// @param folder of the device's key and certificate
    public Enrolment into(Path folder, EndpointId own, Consumer<String> say) {
        OwnCertificate certificate = new OwnCertificate(folder, own);
        TlsSettings renewing = bootstrap.withCertificate(certificate.certificate(), certificate.key());
        return new Enrolment(
                certificate,
                new EstClient(
                        server,
                        () -> HttpsTrust.withCertificate(bootstrap),
                        login.map(shipped -> new Login(shipped.name(), shipped.password()))),
                new EstClient(server, () -> HttpsTrust.withCertificate(renewing), Optional.empty()),
                say);
    }
}
