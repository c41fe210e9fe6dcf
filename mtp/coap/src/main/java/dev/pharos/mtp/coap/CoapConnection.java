// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.RecordQueue;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.elements.EndpointContext;
import org.jspecify.annotations.Nullable;

/// What there is between us and one peer: there are no connections in CoAP, so it begins with the peer's first Record,
/// or with its first sign of life where we call, and ends when the peer does not take what we send.
///
/// Nothing but one small request is sent to a peer until it has answered that: the source of a datagram can be forged,
/// and somebody who wants to be left alone must not get our Records for what another has asked. Records go one after
/// the other, each when the one before is taken.
final class CoapConnection implements MtpConnection {
    private static final ConnectInfo CONNECT_INFO = new ConnectInfo.Coap();

    private final CoapNode node;
    private final Way way;
    private final RecordQueue outbound;
    private volatile PeerIdentity peer;
    private volatile LinkSecurity security;
    private volatile boolean open = true;
    private volatile boolean reading = true;
    // The rest belongs to the socket's thread.
    private final ArrayDeque<Bytes> waiting = new ArrayDeque<>(0);
    private final ArrayDeque<Held> held = new ArrayDeque<>(0);
    private @Nullable EndpointContext proven;
    private @Nullable Ask calling;
    private @Nullable RecordTransfer sending;
    private @Nullable String closing;

    /// Where the peer takes Records, and where it answers ours.
    record Way(InetSocketAddress address, CoapUri resource, CoapUri replyTo) {}

    /// A Record that the receiver does not want yet, and how its sender is told that it is taken, or is not.
    record Held(Bytes record, Receipt receipt) {}

    /// How the sender of a Record learns what became of it.
    interface Receipt {
        void taken();

        void refused();
    }

    CoapConnection(CoapNode node, Way way, PeerIdentity peer, LinkSecurity security) {
        this.node = node;
        this.way = way;
        this.peer = peer;
        this.security = security;
        this.outbound =
                new RecordQueue(node.limits().queuedRecords(), node.limits().queuedBytes());
    }

    Way way() {
        return way;
    }

    @Override
    public PeerIdentity peer() {
        return peer;
    }

    @Override
    public LinkSecurity security() {
        return security;
    }

    @Override
    public ConnectInfo connectInfo() {
        return CONNECT_INFO;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void send(Bytes record) throws IOException {
        if (!open) {
            throw new IOException("the connection to " + peer.address() + " is closed");
        }
        if (outbound.add(record)) {
            node.socket().execute(this::sendWaiting);
        }
    }

    @Override
    public void reading(boolean enabled) {
        reading = enabled;
        if (enabled) {
            node.socket().execute(this::handOverHeld);
        }
    }

    @Override
    public void close(CloseReason reason) {
        if (!open) {
            return;
        }
        open = false;
        String text = "closed by us: " + reason;
        node.socket().execute(() -> {
            closing = text;
            waiting.addAll(outbound.takeAll());
            boolean something = !waiting.isEmpty() || sending != null;
            if (reason == CloseReason.NORMAL
                    && something
                    && proven != null
                    && node.socket()
                            .schedule(() -> end(text), Limits.CLOSE_TIME)
                            .isPresent()) {
                sendNext();
            } else {
                end(text);
            }
        });
    }

    // ---- on the socket's thread

    /// Asks whether somebody is there: who answers, whatever it says, gets what we send to this address.
    ///
    /// @param context in DTLS with the wish for a new session, where an old one may be dead
    void call(EndpointContext context, Answer answer) {
        RecordTransfer.Target target = new RecordTransfer.Target(context, way.resource(), way.replyTo());
        calling = Ask.send(node.socket(), target.request(Code.GET), result -> {
            calling = null;
            switch (result) {
                case Ask.Result.Failed(String reason) -> answer.failed(reason);
                case Ask.Result.Answered(Response response) -> answer.answered(response.getSourceContext());
            }
        });
    }

    /// What becomes of a call.
    interface Answer {
        void answered(EndpointContext context);

        void failed(String reason);
    }

    /// The peer has been found at the other end, as this.
    void proven(EndpointContext context, PeerIdentity as, LinkSecurity secured) {
        proven = context;
        peer = as;
        security = secured;
    }

    boolean isProven() {
        return proven != null;
    }

    /// The peer has made a new DTLS session on the socket where it is reached.
    void renewed(EndpointContext context) {
        proven = context;
    }

    private void sendWaiting() {
        waiting.addAll(outbound.takeAll());
        sendNext();
    }

    private void sendNext() {
        if (sending != null || calling != null || ended()) {
            return;
        }
        EndpointContext context = proven;
        if (context == null) {
            if (!waiting.isEmpty()) {
                node.prove(this);
            }
            return;
        }
        Bytes record = waiting.poll();
        if (record == null) {
            if (closing != null) {
                end(closing);
            }
            return;
        }
        RecordTransfer.Target target = new RecordTransfer.Target(context, way.resource(), way.replyTo());
        sending = RecordTransfer.start(node.socket(), target, record, failure -> {
            sending = null;
            outbound.done(record.size());
            if (failure.isPresent()) {
                end(failure.get());
            } else {
                sendNext();
            }
        });
    }

    /// The call has been answered: what waits may go.
    void goOn() {
        sendNext();
    }

    /// A Record of the peer.
    void deliver(Bytes record, Receipt receipt) {
        if (reading && held.isEmpty() && open) {
            node.receiver().received(this, record);
            receipt.taken();
        } else if (open && held.size() < Limits.HELD_RECORDS && node.hold(record.size())) {
            held.add(new Held(record, receipt));
        } else {
            receipt.refused();
        }
    }

    private void handOverHeld() {
        while (reading && open && !held.isEmpty()) {
            Held next = held.remove();
            node.letGo(next.record().size());
            node.receiver().received(this, next.record());
            next.receipt().taken();
        }
    }

    private boolean ended() {
        return !node.has(this);
    }

    /// The end, told to the receiver once.
    void end(String reason) {
        open = false;
        Optional.ofNullable(calling).ifPresent(Ask::cancel);
        Optional.ofNullable(sending).ifPresent(RecordTransfer::cancel);
        calling = null;
        sending = null;
        for (Held each : held) {
            node.letGo(each.record().size());
            each.receipt().refused();
        }
        held.clear();
        waiting.clear();
        node.ended(this, reason);
    }
}
