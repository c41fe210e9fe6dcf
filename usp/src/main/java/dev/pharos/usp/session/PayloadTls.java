// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.RecordMac;
import dev.pharos.usp.integrity.SecureIdentity;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// The TLS session inside one Session Context: turns Messages into TLS records and back, and its own handshake into
/// what is to be sent (R-E2E.40 to R-E2E.43). Not thread-safe.
final class PayloadTls {
    /// Of a TLS record: content type, version, length.
    private static final int HEADER = 5;
    private static final int HANDSHAKE = 22;
    private static final String OLDER = "TLSv1.2";
    /// An alert takes one record, and the end of our side another.
    private static final int LAST_WORDS = 2;

    private final SSLEngine engine;
    private final boolean client;
    private @Nullable RecordMac mac;

    /// @param client whether we began the Session Context
    PayloadTls(SecureIdentity identity, EndpointId peer, boolean client) {
        this(identity, chain -> identity.judge().objection(peer, chain), client);
    }

    /// @param judge says why certificates do not prove the peer
    PayloadTls(SecureIdentity identity, Function<List<X509Certificate>, Optional<String>> judge, boolean client) {
        this.client = client;
        this.engine = PayloadTlsEngine.create(identity, judge, client);
    }

    /// What TLS records of the peer led to.
    sealed interface Heard {}

    /// @param answer TLS records of the handshake to send, mostly none
    /// @param message what the peer sent, empty where it was only handshake
    record Good(List<Bytes> answer, Bytes message) implements Heard {}

    /// @param reason a sentence about the peer
    /// @param alert what tells the peer, where there is something
    record Failed(String reason, List<Bytes> alert) implements Heard {}

    boolean client() {
        return client;
    }

    /// The beginning of the handshake, by the client.
    List<Bytes> begin() {
        try {
            return wrapped(ByteBuffer.allocate(0));
        } catch (SSLException impossible) {
            throw new IllegalStateException("a TLS handshake can begin", impossible);
        }
    }

    /// The authentication code, once the handshake is done.
    @Nullable
    RecordMac mac() {
        return mac;
    }

    boolean established() {
        return mac != null;
    }

    /// Whether the peer has finished its side of the handshake whenever we have ours: who sends the last flight
    /// cannot know that it came.
    boolean finishesSecond() {
        return client == engine.getSession().getProtocol().equals(OLDER);
    }

    /// Who the peer is, once the handshake is done.
    List<X509Certificate> peerChain() {
        try {
            return Stream.of(engine.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException impossible) {
            throw new IllegalStateException("both sides show certificates", impossible);
        }
    }

    /// The Message as TLS records.
    List<Bytes> protect(Bytes message) throws SSLException {
        return wrapped(ByteBuffer.wrap(message.toByteArray()));
    }

    /// Takes whole TLS records.
    Heard receive(List<Bytes> records) {
        Bytes all = Reassembly.joined(records);
        ByteBuffer in = ByteBuffer.wrap(all.toByteArray());
        if (established() && renegotiates(in.duplicate())) {
            return new Failed("it wants to renegotiate TLS, which is forbidden (R-E2E.42)", List.of());
        }
        try {
            List<Bytes> answer = new ArrayList<>(1);
            Bytes message = unwrapped(in, answer);
            if (!established() && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
                exportKeys();
            }
            return new Good(answer, message);
        } catch (SSLException failed) {
            return new Failed(PayloadTlsEngine.sentence(failed), lastWords());
        }
    }

    /// In TLS 1.2 a handshake after the first is a new one; in 1.3 there is no such thing (R-E2E.42).
    private boolean renegotiates(ByteBuffer in) {
        if (!engine.getSession().getProtocol().equals(OLDER)) {
            return false;
        }
        while (in.remaining() >= HEADER) {
            int start = in.position();
            if (in.get(start) == HANDSHAKE) {
                return true;
            }
            int length = Short.toUnsignedInt(in.getShort(start + HEADER - Short.BYTES));
            in.position(Math.min(in.limit(), start + HEADER + length));
        }
        return false;
    }

    private void exportKeys() throws SSLException {
        if (!(engine.getSession() instanceof ExtendedSSLSession session)) {
            throw new SSLException("this Java exports no keys from TLS");
        }
        try {
            mac = new RecordMac(
                    session.exportKeyingMaterialData(RecordMac.LABEL, new byte[0], RecordMac.EXPORTED), client);
        } catch (SSLKeyException failed) {
            throw new SSLException("no keys can be exported from TLS", failed);
        }
    }

    private Bytes unwrapped(ByteBuffer in, List<Bytes> answer) throws SSLException {
        List<Bytes> content = new ArrayList<>(1);
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                runTasks();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                answer.addAll(wrapped(ByteBuffer.allocate(0)));
            } else if (in.hasRemaining()) {
                unwrapOne(in).ifPresent(content::add);
            } else {
                return content.isEmpty() ? Bytes.EMPTY : Reassembly.joined(content);
            }
        }
    }

    private Optional<Bytes> unwrapOne(ByteBuffer in) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(in, out);
        return switch (result.getStatus()) {
            case OK -> out.position() == 0 ? Optional.empty() : Optional.of(flipped(out));
            case BUFFER_UNDERFLOW -> throw new SSLException("a TLS record is cut short");
            case BUFFER_OVERFLOW -> throw new SSLException("a TLS record is too large");
            case CLOSED -> throw new SSLException("the peer has ended TLS");
        };
    }

    /// Wraps until everything has gone and the engine has nothing more to say itself.
    private List<Bytes> wrapped(ByteBuffer content) throws SSLException {
        List<Bytes> records = new ArrayList<>(1);
        do {
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            SSLEngineResult result = engine.wrap(content, out);
            if (out.position() > 0) {
                records.add(flipped(out));
            }
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                throw new SSLException("TLS has ended");
            }
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                runTasks();
            }
        } while (content.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
        return records;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private List<Bytes> lastWords() {
        List<Bytes> records = new ArrayList<>(1);
        try {
            for (int round = 0; round < LAST_WORDS && !engine.isOutboundDone(); round++) {
                ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
                engine.wrap(ByteBuffer.allocate(0), out);
                if (out.position() > 0) {
                    records.add(flipped(out));
                }
            }
        } catch (SSLException nothingMoreToSay) {
            // The failure itself, once more; its reason is told already.
        }
        return records;
    }

    private static Bytes flipped(ByteBuffer filled) {
        byte[] content = new byte[filled.position()];
        filled.flip().get(content);
        return Bytes.adopt(content);
    }
}
