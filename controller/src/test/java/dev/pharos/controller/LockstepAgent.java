// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A device that does what a test says, one message at a time or by a script, and speaks real bytes.
final class LockstepAgent implements MtpConnection {
    private static final long PATIENCE_SECONDS = 90;

    private final EndpointId own;
    private final PeerIdentity identity;
    private final ConnectInfo info;
    private final MtpReceiver receiver;
    private final List<UspRecord> everything = new CopyOnWriteArrayList<>();
    private final BlockingQueue<UspRecord> records = new LinkedBlockingQueue<>();
    private final BlockingQueue<UspMessage> inbox = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable CloseReason> closed = new AtomicReference<>();
    private volatile Function<Body, Optional<Body>> script = body -> Optional.empty();

    LockstepAgent(EndpointId own, PeerIdentity identity, ConnectInfo info, MtpReceiver receiver) {
        this.own = own;
        this.identity = identity;
        this.info = info;
        this.receiver = receiver;
    }

    @Override
    public LinkSecurity security() {
        return identity.proof() == PeerIdentity.Proof.CERTIFICATE
                ? new LinkSecurity(true, identity.loopback(), List.of())
                : new LinkSecurity(false, identity.loopback(), List.of());
    }

    EndpointId id() {
        return own;
    }

    /// What the script answers does not reach [#next()].
    LockstepAgent answering(Function<Body, Optional<Body>> answers) {
        script = answers;
        return this;
    }

    LockstepAgent hello() {
        sendRecord(UspRecord.plain(
                ControllerSettings.DEFAULT_ID,
                own,
                info instanceof ConnectInfo.Mqtt mqtt
                        ? new RecordType.MqttConnect(RecordType.MqttVersion.V5, mqtt.subscribedTopic())
                        : new RecordType.WebSocketConnect()));
        return this;
    }

    void sendRecord(UspRecord record) {
        receiver.received(this, RecordCodec.encode(record));
    }

    void sendBytes(Bytes bytes) {
        receiver.received(this, bytes);
    }

    void send(String messageId, Body body) {
        Bytes payload = MessageCodec.encode(new UspMessage(new MessageId(messageId), body));
        sendRecord(UspRecord.plain(ControllerSettings.DEFAULT_ID, own, new RecordType.NoSessionContext(payload)));
    }

    void answer(UspMessage request, Body body) {
        send(request.id().value(), body);
    }

    /// The next message that the script did not answer.
    UspMessage next() {
        return taken(inbox);
    }

    /// The next Record that carries no message.
    UspRecord nextRecord() {
        return taken(records);
    }

    /// All Records that came.
    List<UspRecord> everything() {
        return everything;
    }

    /// Whatever comes within a short time.
    Optional<UspMessage> nothingFor(Duration time) throws InterruptedException {
        return Optional.ofNullable(inbox.poll(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static <T> T taken(BlockingQueue<T> queue) {
        try {
            T item = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (item == null) {
                throw new AssertionError("nothing came");
            }
            return item;
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    /// The network breaks.
    void cut() {
        if (closed.compareAndSet(null, CloseReason.NORMAL)) {
            receiver.disconnected(this, "cut");
        }
    }

    Optional<CloseReason> closedBecause() {
        return Optional.ofNullable(closed.get());
    }

    @Override
    public PeerIdentity peer() {
        return identity;
    }

    @Override
    public ConnectInfo connectInfo() {
        return info;
    }

    @Override
    public void send(Bytes bytes) throws IOException {
        if (!isOpen()) {
            throw new IOException("closed");
        }
        try {
            UspRecord record = RecordCodec.decode(bytes);
            everything.add(record);
            if (record.type() instanceof RecordType.NoSessionContext content) {
                UspMessage message = MessageCodec.decode(content.payload());
                Optional<Body> answer = script.apply(message.body());
                answer.ifPresentOrElse(body -> answer(message, body), () -> inbox.add(message));
            } else {
                records.add(record);
            }
        } catch (MalformedInputException ours) {
            throw new AssertionError(ours);
        }
    }

    @Override
    public boolean isOpen() {
        return closed.get() == null;
    }

    @Override
    public void reading(boolean enabled) {}

    @Override
    public void close(CloseReason reason) {
        if (closed.compareAndSet(null, reason)) {
            receiver.disconnected(this, "closed: " + reason);
        }
    }
}
