// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.mtp.LinkSecurity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What joins the two ends of an in-process transport: at most one connection at a time.
final class InProcessWire {
    private final int queueBound;
    private @Nullable InProcessMtp first;
    private @Nullable InProcessMtp second;
    private LinkSecurity toSecond = LinkSecurity.ON_THIS_HOST;
    private @Nullable InProcessConnection atFirst;

    InProcessWire(int queueBound) {
        this.queueBound = queueBound;
    }

    synchronized void join(InProcessMtp one, InProcessMtp other) {
        first = one;
        second = other;
    }

    synchronized void secure(LinkSecurity way) {
        toSecond = way;
    }

    synchronized void connectIfPossible() {
        InProcessMtp one = Objects.requireNonNull(first);
        InProcessMtp other = Objects.requireNonNull(second);
        boolean connected = atFirst != null && atFirst.isOpen();
        if (connected || !one.mailbox().isOpen() || !other.mailbox().isOpen()) {
            return;
        }
        InProcessConnection here = new InProcessConnection(this, one.mailbox(), other.own(), queueBound);
        InProcessConnection there = new InProcessConnection(this, other.mailbox(), one.own(), queueBound);
        here.join(there);
        there.join(here);
        here.secured(toSecond);
        atFirst = here;
        here.announce();
        there.announce();
    }

    /// Waits until both ends of a connection that is being made were told of it, so that nothing arrives before.
    synchronized void settle() {}

    /// Ends the connection there is, if any, and tells both ends.
    synchronized void disconnect(String reason) {
        if (atFirst != null) {
            atFirst.end(reason);
            atFirst.otherEnd().end(reason);
            atFirst = null;
        }
    }

    synchronized void disconnect(InProcessConnection which, String reason) {
        if (atFirst == which || (atFirst != null && atFirst.otherEnd() == which)) {
            disconnect(reason);
        }
    }
}
