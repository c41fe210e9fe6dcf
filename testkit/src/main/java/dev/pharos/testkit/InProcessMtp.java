// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/// One end of a transport without a network: two of these are a [Pair], which is connected as soon as both
/// are started.
///
/// Everything that happens is told to the receiver on this end's own thread, in order, as a real transport
/// does it; what is sent waits in a bounded queue, and a full queue refuses.
public final class InProcessMtp implements Mtp {
    /// Records that wait for one receiver, unless a test asks for another bound.
    public static final int DEFAULT_QUEUE = 256;

    private final EndpointId own;
    private final InProcessWire wire;
    private final InProcessMailbox mailbox = new InProcessMailbox();

    private InProcessMtp(EndpointId own, InProcessWire wire) {
        this.own = own;
        this.wire = wire;
    }

    public static Pair pair(EndpointId first, EndpointId second) {
        return pair(first, second, DEFAULT_QUEUE);
    }

    /// @param queueBound Records that may wait for one receiver before [dev.pharos.mtp.MtpConnection#send]
    ///     refuses
    public static Pair pair(EndpointId first, EndpointId second, int queueBound) {
        InProcessWire wire = new InProcessWire(queueBound);
        Pair pair = new Pair(new InProcessMtp(first, wire), new InProcessMtp(second, wire), wire);
        wire.join(pair.first, pair.second);
        return pair;
    }

    @Override
    public void start(MtpReceiver receiver) throws IOException {
        if (!mailbox.open(receiver, "in-process " + own)) {
            throw new IOException("already started or closed: " + description());
        }
        wire.connectIfPossible();
    }

    @Override
    public String description() {
        return "in-process:" + own;
    }

    @Override
    public void close() {
        wire.disconnect(description() + " was closed");
        mailbox.shut();
    }

    EndpointId own() {
        return own;
    }

    InProcessMailbox mailbox() {
        return mailbox;
    }

    /// Both ends, and the wire between them, which a test may cut.
    public static final class Pair implements AutoCloseable {
        private final InProcessMtp first;
        private final InProcessMtp second;
        private final InProcessWire wire;

        private Pair(InProcessMtp first, InProcessMtp second, InProcessWire wire) {
            this.first = first;
            this.second = second;
            this.wire = wire;
        }

        public InProcessMtp first() {
            return first;
        }

        public InProcessMtp second() {
            return second;
        }

        /// Has the second end present these certificates on connections to come, as after a TLS handshake with another
        /// host; without any, connections are within this host again.
        public void secondPresents(List<X509Certificate> chain) {
            wire.secure(chain.isEmpty() ? LinkSecurity.ON_THIS_HOST : new LinkSecurity(true, false, chain));
        }

        /// Has the first end see connections to come as secured like this.
        public void firstSees(LinkSecurity way) {
            wire.secure(way);
        }

        /// Breaks the connection, as a network does; both receivers learn of it.
        public void cut(String reason) {
            wire.disconnect(reason);
        }

        /// Connects anew after a cut or a close of a connection, if both ends are started; else does nothing.
        public void reconnect() {
            wire.connectIfPossible();
        }

        @Override
        public void close() {
            first.close();
            second.close();
        }
    }
}
