// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.peer;

import dev.pharos.agent.trust.Admission;
import dev.pharos.agent.trust.KnownCertificate;
import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.Warrant;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A connection to a controller on which nothing goes out before a Connect Record, at first and after each
/// Disconnect (R-MTP.6, R-MTP.8).
final class Link {
    private final MtpConnection connection;
    private final EndpointId own;
    private final EndpointId controller;
    private final RecordGuard guard;
    private final LinkSecurity security;
    private final Function<X509Certificate, Warrant> warrants;
    private final boolean named;
    private boolean greeted;
    private Optional<Admission> admitted = Optional.empty();
    private volatile Optional<InactivityLimit> inactivity = Optional.empty();

    /// @param warrants says what a certificate stands for that does not name the controller
    Link(
            MtpConnection connection,
            EndpointId own,
            EndpointId controller,
            RecordGuard guard,
            Function<X509Certificate, Warrant> warrants) {
        this.guard = guard;
        this.connection = connection;
        this.own = own;
        this.controller = controller;
        this.security = connection.security();
        this.warrants = warrants;
        this.named = !security.certificates().isEmpty()
                && KnownCertificate.names(security.certificates().getFirst(), controller);
    }

    MtpConnection connection() {
        return connection;
    }

    boolean is(MtpConnection other) {
        return connection.equals(other);
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /// Sends the Connect Record now, unless it has been.
    synchronized void greet() throws IOException {
        if (!greeted) {
            Optional<RecordType> first = connectRecord();
            if (first.isPresent()) {
                send(first.get());
            }
            greeted = true;
        }
    }

    /// @throws IOException where the Record was not taken; nothing of it was sent then
    synchronized void sendRecord(RecordType type) throws IOException {
        greet();
        send(type);
        if (type instanceof RecordType.Disconnect) {
            greeted = false;
        }
    }

    private void send(RecordType type) throws IOException {
        put(UspRecord.plain(controller, own, type));
    }

    /// Sends a Record that is made already.
    ///
    /// @throws IOException where it was not taken; nothing of it was sent then
    synchronized void send(UspRecord record) throws IOException {
        greet();
        put(record);
        if (record.type() instanceof RecordType.Disconnect) {
            greeted = false;
        }
    }

    private void put(UspRecord record) throws IOException {
        Carrier carrier = carrier();
        Optional<String> barrier = guard.barrier(record, carrier);
        if (barrier.isPresent()) {
            throw new IOException(barrier.get());
        }
        connection.send(RecordCodec.encode(guard.protect(record, carrier)));
    }

    /// Whether Messages may pass here only in TLS inside a session (R-SEC.22, R-SEC.23).
    boolean demandsPayloadTls() {
        return guard.demandsPayloadTls(carrier());
    }

    /// What is known of the way to the controller (R-E2E.28); asked for each Record, since the certificates that the
    /// agent knows change.
    Carrier carrier() {
        if (isHost() && !security.encrypted()) {
            return Carrier.ON_THIS_HOST;
        }
        Carrier.Way way = security.encrypted()
                ? Carrier.Way.ENCRYPTED
                : security.onThisHost() ? Carrier.Way.ON_THIS_HOST : Carrier.Way.OPEN;
        return new Carrier(way, warrant(), security.certificates().stream().findFirst());
    }

    private Warrant warrant() {
        if (named) {
            return Warrant.CERTIFICATE;
        }
        Warrant known = security.certificates().isEmpty()
                ? Warrant.NOBODY
                : warrants.apply(security.certificates().getFirst());
        return known == Warrant.NOBODY && isHost() ? Warrant.THIS_HOST : known;
    }

    /// Whether the other end is a process of our own on this host, and no broker.
    private boolean isHost() {
        return isDirect() && security.onThisHost() && connection.peer().loopback();
    }

    private boolean isDirect() {
        return switch (connection.connectInfo()) {
            case ConnectInfo.WebSocket _, ConnectInfo.Uds _, ConnectInfo.Coap _ -> true;
            case ConnectInfo.Mqtt _, ConnectInfo.Stomp _ -> false;
        };
    }

    /// The certificates that speak for the controller: those of a broker that nobody trusts do not.
    private List<X509Certificate> presented() {
        return isDirect() || warrant() != Warrant.NOBODY ? security.certificates() : List.of();
    }

    /// Empty where the transport has none.
    private Optional<RecordType> connectRecord() {
        return switch (connection.connectInfo()) {
            case ConnectInfo.WebSocket _ -> Optional.of(new RecordType.WebSocketConnect());
            case ConnectInfo.Mqtt mqtt ->
                Optional.of(new RecordType.MqttConnect(
                        mqtt.version5() ? RecordType.MqttVersion.V5 : RecordType.MqttVersion.V3_1_1,
                        mqtt.subscribedTopic()));
            case ConnectInfo.Stomp stomp ->
                Optional.of(new RecordType.StompConnect(RecordType.StompVersion.V1_2, stomp.subscribedDestination()));
            case ConnectInfo.Uds _ -> Optional.of(new RecordType.UdsConnect());
            case ConnectInfo.Coap _ -> Optional.empty();
        };
    }

    /// The controller has ended the relation, so the next Record has a Connect Record before it.
    synchronized void disconnectedByPeer() {
        greeted = false;
    }

    /// TR-181's name of the transport.
    String protocol() {
        return switch (connection.connectInfo()) {
            case ConnectInfo.WebSocket _ -> "WebSocket";
            case ConnectInfo.Mqtt _ -> "MQTT";
            case ConnectInfo.Stomp _ -> "STOMP";
            case ConnectInfo.Uds _ -> "UDS";
            case ConnectInfo.Coap _ -> "CoAP";
        };
    }

    /// Bytes came that are no Record. A broker's session carries more than this peer and stays; a connection
    /// of its own ends.
    void notARecord() {
        if (isDirect()) {
            connection.close(CloseReason.NOT_A_RECORD);
        }
    }

    /// What was decided on the certificates of this connection, once and for as long as it stands.
    ///
    /// @param onFirstUse is run where it was decided now that somebody is met here for the first time
    synchronized boolean admitted(Function<List<X509Certificate>, Admission> judge, Runnable onFirstUse) {
        if (admitted.isEmpty()) {
            Admission decided = judge.apply(presented());
            admitted = Optional.of(decided);
            if (decided == Admission.FIRST_USE) {
                onFirstUse.run();
            }
        }
        return admitted.get().isGranted();
    }

    /// Lets this connection end where nothing is heard on it for that long.
    void limit(InactivityLimit limit) {
        inactivity = Optional.of(limit);
        limit.start();
    }

    /// The controller has said something.
    void heard() {
        inactivity.ifPresent(InactivityLimit::heard);
    }

    /// The connection is gone.
    void ended() {
        inactivity.ifPresent(InactivityLimit::cancel);
    }

    /// Ends a connection on which somebody else than the controller seems to be.
    void refuse() {
        connection.close(CloseReason.REFUSED);
    }

    /// Whether the transport has proof that this is not the controller (R-SEC.0a).
    boolean provesAnother() {
        PeerIdentity peer = connection.peer();
        return peer.proof() != PeerIdentity.Proof.NONE
                && peer.endpointId().filter(id -> !id.equals(controller)).isPresent();
    }
}
