// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

import dev.pharos.mtp.RetryBackoff;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to an XMPP server, made again whenever it ends, until it is closed. Thread-safe.
public final class XmppLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(XmppLink.class);

    private final Source source;
    private final RetryBackoff backoff;
    private final Callee callee;
    private final Thread keeper;
    private volatile @Nullable XmppSession session;
    private volatile LinkState state = new LinkState.Connecting();
    private volatile boolean closed;

    /// The last that is known of how an attempt ended.
    private volatile LinkState said = state;

    /// Where to go, asked before each attempt, so that what has changed counts from the next on.
    public interface Source {
        /// @throws IOException naming what cannot be used
        XmppAccount account() throws IOException;

        /// Who vouches for the server.
        ///
        /// @throws IOException naming what cannot be used
        SSLContext trust() throws IOException;
    }

    private XmppLink(Source source, RetryBackoff backoff, Callee callee) {
        this.source = source;
        this.backoff = backoff;
        this.callee = callee;
        this.keeper = Thread.ofVirtual().name("xmpp").unstarted(this::keep);
    }

    /// Begins to connect. Returns at once.
    public static XmppLink open(Source source, RetryBackoff backoff, Callee callee) {
        XmppLink link = new XmppLink(source, backoff, callee);
        link.keeper.start();
        return link;
    }

    public LinkState state() {
        return state;
    }

    /// Asks a device to come to its ACS.
    ///
    /// @param jid full or bare
    /// @return empty where it comes, else why it does not, in words for people
    public Optional<String> call(String jid, String username, String password, Duration patience) {
        XmppSession now = session;
        return now == null
                ? Optional.of(
                        said instanceof LinkState.Down(LinkState.Trouble _, String reason)
                                ? "no connection to the XMPP server: " + reason
                                : "the connection to the XMPP server is not made yet")
                : now.call(jid, new ConnectionRequest(username, password), patience);
    }

    private void keep() {
        int failures = 0;
        while (!closed) {
            try {
                failures = once() ? 1 : failures + 1;
                if (!closed) {
                    Thread.sleep(backoff.waitBefore(failures, ThreadLocalRandom.current()));
                }
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /// One connection, from its begin to its end.
    ///
    /// @return whether it stood
    private boolean once() throws InterruptedException {
        become(new LinkState.Connecting());
        try (XmppSession opened = XmppSession.open(source.account(), source.trust(), callee)) {
            session = opened;
            become(opened.up());
            become(new LinkState.Down(LinkState.Trouble.OTHER, opened.awaitEnd()));
            return true;
        } catch (XmppFailure failed) {
            become(new LinkState.Down(failed.trouble(), failed.reason()));
        } catch (IOException unusable) {
            become(new LinkState.Down(LinkState.Trouble.OTHER, String.valueOf(unusable.getMessage())));
        } finally {
            session = null;
        }
        return false;
    }

    private void become(LinkState now) {
        if (closed || now.equals(state)) {
            return;
        }
        if (!(now instanceof LinkState.Connecting) && !now.equals(said)) {
            LOG.info("XMPP: {}", now);
            said = now;
        }
        state = now;
        callee.changed(now);
    }

    /// Ends the connection; nobody hears of that.
    @Override
    public void close() {
        closed = true;
        keeper.interrupt();
    }
}
