// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.enrol.Enrolment;
import dev.pharos.cli.enrol.EnrolmentPlan;
import dev.pharos.cli.enrol.EnrolmentPlan.Shipped;
import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the agent gets a certificate of its own.
final class EnrolmentOptions {
    @Option(
            names = "--enrol",
            paramLabel = "URL",
            description =
                    "https://HOST:PORT where the agent gets a certificate of its own by EST (RFC 7030), with a key"
                            + " that it makes itself, and renews it; in place of --cert and --key.")
    @Nullable
    String url;

    @Option(
            names = "--bootstrap-username",
            paramLabel = "NAME",
            description = "Login that it shows there the first time.")
    @Nullable
    String username;

    @Option(names = "--bootstrap-password-file", paramLabel = "FILE", description = "Holds its password, one line.")
    @Nullable
    Path passwordFile;

    @Option(
            names = "--bootstrap-cert",
            paramLabel = "PEM",
            description = "Certificate that it shows there the first time, in place of a login.")
    @Nullable
    Path certificate;

    @Option(names = "--bootstrap-key", paramLabel = "PEM", description = "Its private key.")
    @Nullable
    Path key;

    /// Takes an option that is written plainly.
    ///
    /// @return false where it is none of these
    boolean take(String name, String value) {
        switch (name) {
            case "enrol" -> url = value;
            case "bootstrap-username" -> username = value;
            case "bootstrap-password-file" -> passwordFile = Path.of(value);
            case "bootstrap-cert" -> certificate = Path.of(value);
            case "bootstrap-key" -> key = Path.of(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// How the device gets its certificate, where it is to get one; not yet begun.
    ///
    /// @param trusting whom the device trusts
    /// @param folder of its key and certificate
    /// @throws WrongUsageException saying which option is wrong
    Optional<Enrolment> enrolment(TlsSettings trusting, Path folder, EndpointId own, Consumer<String> say)
            throws IOException {
        String server = url;
        Path shown = certificate;
        Path shownKey = key;
        if (server == null) {
            if (username != null || passwordFile != null || shown != null || shownKey != null) {
                throw new WrongUsageException("--bootstrap-… options need --enrol");
            }
            return Optional.empty();
        }
        if (trusting.certificateChain().isPresent()) {
            throw new WrongUsageException("--enrol gets the agent a certificate: leave --cert and --key out");
        }
        if ((shown == null) != (shownKey == null) || (username == null) != (passwordFile == null)) {
            throw new WrongUsageException("--enrol needs --bootstrap-username with --bootstrap-password-file,"
                    + " or --bootstrap-cert with --bootstrap-key");
        }
        try {
            TlsSettings bootstrap =
                    shown != null && shownKey != null ? trusting.withCertificate(shown, shownKey) : trusting;
            return Optional.of(new EnrolmentPlan(URI.create(server), bootstrap, login()).into(folder, own, say));
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsageException("--enrol " + wrong.getMessage());
        }
    }

    private Optional<Shipped> login() throws IOException {
        String name = username;
        Path file = passwordFile;
        if (name == null || file == null) {
            return Optional.empty();
        }
        if (!Files.isReadable(file)) {
            throw new WrongUsageException("--bootstrap-password-file: cannot read " + file);
        }
        return Optional.of(new Shipped(name, Files.readString(file).strip()));
    }
}
