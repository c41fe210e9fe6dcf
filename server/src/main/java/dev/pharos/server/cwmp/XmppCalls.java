// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.controller.acs.Calling.Login;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.xmpp.Callee;
import dev.pharos.xmpp.LinkState;
import dev.pharos.xmpp.XmppLink;
import java.util.Locale;
import java.util.Optional;

/// Calls devices over the operator's XMPP server (TR-069 Annex K), whose client we are. Only those of its own domain
/// are called: what a device says of where it is must not send its login elsewhere. Thread-safe.
public final class XmppCalls implements AutoCloseable {
    private final String jid;
    private final String domain;
    private final XmppLink link;

    private XmppCalls(String jid, XmppLink link) {
        this.jid = jid;
        this.domain = domain(jid);
        this.link = link;
    }

    /// Begins to connect. Returns at once.
    ///
    /// @param jid of our account, without resource
    public static XmppCalls open(String jid, XmppLink.Source source) {
        return new XmppCalls(jid, XmppLink.open(source, RetryBackoff.DEFAULT, new Nobody()));
    }

    /// We are an ACS, whom nobody calls.
    private static final class Nobody implements Callee {
        @Override
        public Answer called(String from, String username, String password) {
            return Answer.NOT_AUTHORIZED;
        }

        @Override
        public void changed(LinkState state) {}
    }

    String jid() {
        return jid;
    }

    Optional<String> call(String device, Login login) {
        return domain(device).equals(domain)
                ? link.call(device, login.username(), login.password(), Limits.CALL)
                : Optional.of("over XMPP only devices at " + domain + " are called, and it says " + device);
    }

    private static String domain(String jid) {
        return jid.replaceFirst("/.*", "").replaceFirst(".*@", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        link.close();
    }
}
