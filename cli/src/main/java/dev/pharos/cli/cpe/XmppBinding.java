// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.Turnstile;
import dev.pharos.mtp.discovery.dns.ServicePlaces;
import dev.pharos.xmpp.Callee;
import dev.pharos.xmpp.LinkState;
import dev.pharos.xmpp.XmppAccount;
import dev.pharos.xmpp.XmppLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Keeps a connection to the XMPP server over which an ACS calls the device (TR-069 Annex K), as long as one is wanted.
/// Thread-safe.
final class XmppBinding implements AutoCloseable {
    private final Home home;
    private final Turnstile turnstile = new Turnstile(Limits.CALLS_A_SECOND, Limits.CALLS_AT_ONCE);
    private Optional<XmppElement.Settings> wanted = Optional.empty();
    private @Nullable XmppLink link;
    private boolean closed;

    /// The device.
    interface Home {
        /// Who vouches for the server.
        SSLContext trust() throws IOException;

        /// What somebody who calls has to know; empty as long as nobody may call.
        Optional<CallListener.Login> login();

        /// Whether the one of this name may call.
        boolean allows(String from);

        /// The ACS has called.
        ///
        /// @return false where no session is opened
        boolean called();

        /// @param row of the connection
        /// @param state empty where it is not wanted any more
        void seen(String row, Optional<LinkState> state);
    }

    XmppBinding(Home home) {
        this.home = home;
    }

    /// From now on so.
    ///
    /// @param settings empty for not at all
    synchronized void settle(Optional<XmppElement.Settings> settings) {
        if (closed || settings.equals(wanted)) {
            return;
        }
        Optional<XmppElement.Settings> before = wanted;
        stop();
        wanted = settings;
        before.filter(_ -> settings.isEmpty()).ifPresent(each -> home.seen(each.row(), Optional.empty()));
        settings.ifPresent(each -> link = XmppLink.open(
                new Place(each.account()), new RetryBackoff(each.retry(), each.multiplier()), new Called(each.row())));
    }

    private void stop() {
        if (link != null) {
            link.close();
            link = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }

    /// Where to go with these settings.
    private final class Place implements XmppLink.Source {
        private final XmppAccount account;

        Place(XmppAccount account) {
            this.account = account;
        }

        /// Where no server is named it is as the domain says in DNS, at each attempt.
        @Override
        public XmppAccount account() throws IOException {
            return account.places().isEmpty()
                    ? account.at(ServicePlaces.of(XmppAccount.SERVICE, account.domain(), XmppAccount.PORT).stream()
                            .map(each -> new XmppAccount.Place(each.host(), each.port()))
                            .toList())
                    : account;
        }

        @Override
        public SSLContext trust() throws IOException {
            return home.trust();
        }
    }

    /// Over this row's connection.
    private final class Called implements Callee {
        private final String row;

        Called(String row) {
            this.row = row;
        }

        @Override
        public Answer called(String from, String username, String password) {
            if (turnstile.enter("call").isPresent()) {
                return Answer.UNAVAILABLE;
            }
            boolean right = home.login()
                    .filter(login -> login.username().equals(username) && same(login.password(), password))
                    .isPresent();
            if (!right || !home.allows(from)) {
                return Answer.NOT_AUTHORIZED;
            }
            return home.called() ? Answer.COMES : Answer.UNAVAILABLE;
        }

        @Override
        public void changed(LinkState state) {
            home.seen(row, Optional.of(state));
        }
    }

    /// Takes as long whatever is wrong.
    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
