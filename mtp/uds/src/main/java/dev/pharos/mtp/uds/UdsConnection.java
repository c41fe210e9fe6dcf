// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.RecordQueue;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.mtp.tls.TlsFailure;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection, of a server or a client: its last handler in the pipeline, and what the receiver holds
/// once both sides have said who they are.
final class UdsConnection extends ChannelInboundHandlerAdapter implements MtpConnection {
    private static final Logger LOG = LoggerFactory.getLogger(UdsConnection.class);
    private static final ConnectInfo CONNECT_INFO = new ConnectInfo.Uds();

    /// Which end this is, and what its owner does.
    ///
    /// @param client whether it speaks first (R-UDS.16)
    /// @param place the socket, for people
    /// @param ended called once, after the receiver knows of the end
    record End(EndpointId own, boolean client, String place, ConnectionLimits limits, Runnable ended) {}

    private final Channel channel;
    private final End end;
    private final MtpReceiver receiver;
    private final RecordQueue outbound;
    private volatile PeerIdentity peer;
    private volatile LinkSecurity security = LinkSecurity.ON_THIS_HOST;
    private volatile boolean open = true;
    private volatile boolean wanted = true;
    // The rest belongs to the event loop of the channel.
    private boolean established;
    private boolean spokenTo;
    private boolean leaving;
    private @Nullable String endText;
    private @Nullable Future<?> deadline;

    UdsConnection(Channel channel, End end, MtpReceiver receiver) {
        this.channel = channel;
        this.end = end;
        this.receiver = receiver;
        this.outbound =
                new RecordQueue(end.limits().queuedRecords(), end.limits().queuedBytes());
        this.peer = new PeerIdentity(Optional.empty(), Proof.NONE, end.place(), false);
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
            channel.eventLoop().execute(this::writeWaiting);
        }
    }

    /// Writes all that waits and flushes once: many small Records become one system call.
    private void writeWaiting() {
        for (Bytes record : outbound.takeAll()) {
            int size = record.size();
            channel.write(Frame.of(Tlv.RECORD, record, channel.alloc())).addListener(finished -> outbound.done(size));
        }
        channel.flush();
    }

    @Override
    public void reading(boolean enabled) {
        // Where the receiver itself asks, on the event loop, nothing more comes to it.
        wanted = enabled;
        if (channel.eventLoop().inEventLoop()) {
            readAsWanted();
        } else {
            channel.eventLoop().execute(this::readAsWanted);
        }
    }

    /// A connection that ends reads in any case, so that it sees the peer go.
    private void readAsWanted() {
        channel.config().setAutoRead(wanted || endText != null);
    }

    /// Puts itself at the end of a new channel, behind what takes frames apart and keeps those that were read at
    /// one go with the last one that the receiver wanted.
    void join() {
        channel.pipeline().addLast(new FrameDecoder(), new FlowControlHandler(), this);
    }

    @Override
    public void close(CloseReason reason) {
        if (open) {
            open = false;
            channel.eventLoop().execute(() -> {
                leaving = true;
                end("closed by us: " + reason, told(reason));
            });
        }
    }

    /// What the peer reads in an Error about why we leave, where it is to blame.
    private static Optional<String> told(CloseReason reason) {
        return switch (reason) {
            case NORMAL -> Optional.empty();
            case NOT_A_RECORD -> Optional.of("what came is not a USP Record");
            case REPLACED -> Optional.of("this endpoint has connected anew");
            case REFUSED -> Optional.of("not admitted");
            case TOO_SLOW -> Optional.of("too slow in taking records");
        };
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        PeerUser user = PeerUser.of(channel);
        peer = new PeerIdentity(Optional.empty(), Proof.NONE, end.place() + " " + user.text(), user.ours());
        if (end.client()) {
            write(Tlv.HANDSHAKE, Bytes.ofUtf8(end.own().toString()));
        }
        long wait = Limits.HANDSHAKE_TIME.toMillis();
        deadline = channel.eventLoop().schedule(this::handshakeLate, wait, TimeUnit.MILLISECONDS);
    }

    private void handshakeLate() {
        spokenTo = true;
        fail("no handshake within " + Limits.HANDSHAKE_TIME.toSeconds() + " s");
    }

    private void write(int type, Bytes value) {
        channel.writeAndFlush(Frame.of(type, value, channel.alloc())).addListener(FailureLog.LISTENER);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (endText != null) {
            return;
        }
        spokenTo = true;
        if (message instanceof Tlv tlv) {
            field(context, tlv);
        } else if (message instanceof FrameDecoder.Unparsable unparsable) {
            fail(unparsable.reason());
        }
    }

    private void field(ChannelHandlerContext context, Tlv tlv) {
        switch (tlv.type()) {
            case Tlv.HANDSHAKE -> {
                // A later one is ignored (R-UDS.19).
                if (!established) {
                    handshake(context, tlv);
                }
            }
            case Tlv.ERROR ->
                end(
                        "the peer gave up: " + Texts.shown(tlv.text().orElse("in bytes that are no text")),
                        Optional.empty());
            case Tlv.RECORD -> record(tlv.value());
            default -> LOG.debug("{} sent a TLV of the unknown type {}", peer.address(), tlv.type());
        }
    }

    /// What comes too early is ignored (R-UDS.20), what comes after our close too.
    private void record(Bytes record) {
        int most = end.limits().maxRecordBytes();
        if (established && record.size() > most) {
            fail("a record of " + record.size() + " bytes is more than the " + most + " that are taken here");
        } else if (established && open) {
            receiver.received(this, record);
        }
    }

    private void handshake(ChannelHandlerContext context, Tlv tlv) {
        EndpointId id;
        try {
            id = EndpointId.parse(tlv.text().orElseThrow(() -> Frame.malformed("it is no text")));
        } catch (MalformedInputException malformed) {
            fail("the handshake holds no Endpoint ID: " + Texts.shown(malformed.detail()));
            return;
        }
        if (!open) {
            return;
        }
        CertificateIdentity certificate = CertificateIdentity.of(channel);
        if (certificate.contradicts(id)) {
            fail("the certificate belongs to another endpoint than " + id);
            return;
        }
        if (channel.pipeline().get(SslHandler.class) != null) {
            security = new LinkSecurity(true, true, CertificateIdentity.chain(channel));
        }
        established = true;
        stopDeadline();
        PeerIdentity stranger = peer;
        Proof proof = certificate.proves(id) ? Proof.CERTIFICATE : Proof.NONE;
        peer = new PeerIdentity(Optional.of(id), proof, stranger.address(), stranger.loopback());
        FrameDecoder decoder = context.pipeline().get(FrameDecoder.class);
        if (decoder != null) {
            decoder.allow(end.limits().maxFrameBytes());
        }
        if (!end.client()) {
            write(Tlv.HANDSHAKE, Bytes.ofUtf8(end.own().toString()));
        }
        receiver.connected(this);
    }

    /// The peer is to blame: it is told, and the connection ends (R-UDS.21, R-UDS.24).
    private void fail(String reason) {
        end(reason, Optional.of(reason));
    }

    private void end(String text, Optional<String> errorToSend) {
        if (endText != null) {
            return;
        }
        open = false;
        endText = text;
        stopDeadline();
        channel.config().setAutoRead(true);
        writeWaiting();
        if (errorToSend.isPresent()) {
            String words = Texts.cut(errorToSend.get(), Limits.ERROR_CHARACTERS);
            channel.writeAndFlush(Frame.of(Tlv.ERROR, Bytes.ofUtf8(words), channel.alloc()))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
        var patience = channel.eventLoop().schedule(this::drop, Limits.CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(finished -> patience.cancel(false));
    }

    private void drop() {
        channel.close().addListener(FailureLog.LISTENER);
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        open = false;
        stopDeadline();
        writeWaiting();
        String text = endText == null ? "the peer closed the connection" : endText;
        try {
            if (established) {
                receiver.disconnected(this, text);
            } else if (!leaving && (end.client() || spokenTo)) {
                // Who connects to a server and leaves without a word was only looking whether somebody is there.
                receiver.refused(peer, text);
            }
        } finally {
            end.ended().run();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Optional<String> inTls = TlsFailure.sentence(cause);
        if (cause instanceof IOException || inTls.isPresent()) {
            spokenTo = spokenTo || inTls.isPresent();
            endText = endText == null ? inTls.orElseGet(() -> Texts.of(cause)) : endText;
            open = false;
            drop();
        } else {
            LOG.error("a receiver of {} failed; its connection is closed", peer.address(), cause);
            fail("an error of ours");
        }
    }
}
