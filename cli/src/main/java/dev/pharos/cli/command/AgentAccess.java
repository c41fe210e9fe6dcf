// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.config.Introductions;
import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.mtp.tls.EndToEndIdentity;
import dev.pharos.mtp.tls.PeerRule;
import dev.pharos.mtp.tls.PemFiles;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.tls.Vouching;
import dev.pharos.mtp.websocket.HttpProxy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who an agent is to its controllers and whom it trusts, as [AgentOptions] say it at the time: enrolment gives it a
/// certificate later.
final class AgentAccess {
    private final AgentOptions options;
    private final PrintWriter err;
    private @Nullable Introductions introductions;

    AgentAccess(AgentOptions options, PrintWriter err) {
        this.options = options;
        this.err = err;
    }

    /// Null where nothing is to be secured end to end.
    @Nullable
    EndToEndIdentity identity() throws IOException {
        if (options.endToEnd == null) {
            return null;
        }
        if (!options.endToEnd.equals("require-tls")) {
            throw new WrongUsageException("--e2e must be require-tls: " + options.endToEnd);
        }
        if (options.certificate == null || options.key == null || options.trusted == null) {
            throw new WrongUsageException("--e2e needs --cert, --key and --ca");
        }
        return EndToEndIdentity.open(shown().tls());
    }

    /// Where a controller is, as an option says it.
    ControllerAddress address(String option, String url) throws IOException {
        try {
            ControllerAddress address = ControllerAddress.parse(url, shown());
            if (address.isCoap()) {
                err.println("pharos: CoAP is obsolete since USP 1.3 and for controllers older than that only;"
                        + " management cannot change this way over USP");
            }
            return address;
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsageException(option + ": " + wrong.getMessage());
        }
    }

    /// What is shown to controllers and brokers, and who may vouch for them.
    Access shown() throws IOException {
        return new Access(
                Optional.ofNullable(options.username),
                password("--password-file", options.passwordFile).or(() -> Optional.ofNullable(options.password)),
                tls().withAcquaintances(introductions()),
                proxy());
    }

    private Optional<HttpProxy> proxy() throws IOException {
        Optional<String> password = password("--proxy-password-file", options.proxyPasswordFile);
        if (options.proxy == null) {
            if (password.isPresent()) {
                throw new WrongUsageException("--proxy-password-file needs --proxy");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(HttpProxy.parse(options.proxy, password));
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsageException("--proxy: " + wrong.getMessage());
        }
    }

    private static Optional<String> password(String option, @Nullable Path file) throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        if (!Files.isReadable(file)) {
            throw new WrongUsageException(option + ": cannot read " + file);
        }
        return Optional.of(Files.readString(file).strip());
    }

    /// Who we are to controllers, and who may vouch for them.
    TlsSettings tls() {
        return new TlsSettings(
                Optional.ofNullable(options.certificate),
                Optional.ofNullable(options.key),
                Optional.ofNullable(options.trusted),
                Optional.ofNullable(options.revoked),
                PeerRule.USUAL);
    }

    /// How controllers become known for whom nobody vouches; the same each time.
    Introductions introductions() throws IOException {
        Introductions made = introductions;
        if (made == null) {
            Introductions strict = Introductions.byAuthority(new Vouching(tls()));
            if (options.trustedBroker != null) {
                strict = strict.trustingBrokers(PemFiles.certificates(options.trustedBroker));
            }
            made = options.firstUse ? strict.allowingFirstUse(strict.inactivity()) : strict;
            introductions = made;
        }
        return made;
    }
}
