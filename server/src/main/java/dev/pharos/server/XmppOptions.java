// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.mtp.discovery.dns.ServicePlaces;
import dev.pharos.mtp.tls.HttpsTrust;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.server.cwmp.XmppCalls;
import dev.pharos.xmpp.XmppAccount;
import dev.pharos.xmpp.XmppLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The XMPP server over which devices of TR-069 are called, and our account there.
final class XmppOptions {
    private static final Pattern JID = Pattern.compile("([^@/\\s]+)@([^@/\\s]+)");
    private static final Pattern PLACE = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\s]+)(?::([0-9]{1,5}))?");
    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--xmpp",
            paramLabel = "USER@DOMAIN",
            description = "call devices of TR-069 over XMPP too, from this account; see docs/tr069.md (default off)")
    @Nullable
    String account;

    @Option(
            names = "--xmpp-server",
            paramLabel = "HOST[:PORT]",
            description = "where the XMPP server is (default as the account's domain says in DNS, by SRV records of"
                    + " _xmpp-client._tcp, else the domain itself, port 5222); its certificate must be for the domain")
    @Nullable
    String server;

    @Option(
            names = "--xmpp-password-file",
            paramLabel = "FILE",
            description = "holds the account's password, one line; read again at each attempt")
    @Nullable
    Path passwordFile;

    @Option(
            names = "--xmpp-ca",
            paramLabel = "FILE",
            description = "PEM: who vouches for the XMPP server (default those whom the Java runtime trusts)")
    @Nullable
    Path ca;

    boolean on() {
        return account != null;
    }

    /// @throws StartException where something is missing, or is none
    void check() throws StartException {
        if (account == null) {
            if (server != null || passwordFile != null || ca != null) {
                throw StartException.usage("--xmpp-server, --xmpp-password-file and --xmpp-ca are for --xmpp");
            }
            return;
        }
        if (!JID.matcher(account).matches()) {
            throw StartException.usage("--xmpp must be USER@DOMAIN, such as acs@example.org: " + account);
        }
        if (passwordFile == null || !Files.isReadable(passwordFile)) {
            throw StartException.usage("--xmpp needs --xmpp-password-file with a file that can be read");
        }
        if (server != null) {
            place();
        }
        try {
            SSLContext _ = trust();
        } catch (IOException unusable) {
            throw StartException.failed("--xmpp-ca: " + unusable.getMessage());
        }
    }

    private SSLContext trust() throws IOException {
        Path authority = ca;
        return HttpsTrust.read(authority == null ? TlsSettings.trustingTheRuntime() : TlsSettings.trusting(authority));
    }

    private XmppAccount.Place place() throws StartException {
        String where = server == null ? "" : server;
        Matcher parts = PLACE.matcher(where);
        if (!parts.matches() || (parts.group(2) != null && Integer.parseInt(parts.group(2)) > MOST_PORT)) {
            throw StartException.usage("--xmpp-server must be HOST or HOST:PORT: " + where);
        }
        return new XmppAccount.Place(
                parts.group(1).replaceAll("^\\[|]$", ""),
                parts.group(2) == null ? XmppAccount.PORT : Integer.parseInt(parts.group(2)));
    }

    /// Where the server of the domain is now.
    private static List<XmppAccount.Place> places(String domain) throws IOException {
        return ServicePlaces.of(XmppAccount.SERVICE, domain, XmppAccount.PORT).stream()
                .map(each -> new XmppAccount.Place(each.host(), each.port()))
                .toList();
    }

    /// Begins to connect, where that is wanted; [#check] has found nothing wrong.
    ///
    /// @param resource what tells this server from others that share the account
    Optional<XmppCalls> open(String resource) throws StartException {
        String jid = account;
        Path secret = passwordFile;
        if (jid == null || secret == null) {
            return Optional.empty();
        }
        int at = jid.indexOf('@');
        String domain = jid.substring(at + 1);
        List<XmppAccount.Place> said = server == null ? List.of() : List.of(place());
        return Optional.of(XmppCalls.open(jid, new XmppLink.Source() {
            @Override
            public XmppAccount account() throws IOException {
                return new XmppAccount(
                        jid.substring(0, at),
                        Files.readString(secret).strip(),
                        domain,
                        resource,
                        said.isEmpty() ? places(domain) : said,
                        true,
                        Duration.ZERO);
            }

            @Override
            public SSLContext trust() throws IOException {
                return XmppOptions.this.trust();
            }
        }));
    }
}
