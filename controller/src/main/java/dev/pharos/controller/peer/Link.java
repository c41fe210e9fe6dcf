// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.observe.WirePlace;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.integrity.Warrant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection of a transport, what waits on it, and the device that it was found to belong to.
final class Link {
    private final MtpConnection connection;
    private final Mailbox mailbox;
    private final LinkSecurity security;
    private volatile @Nullable Peer peer;
    private volatile @Nullable EndpointId applicant;
    private volatile @Nullable Peer called;

    Link(MtpConnection connection) {
        this.connection = connection;
        this.mailbox = new Mailbox(connection);
        this.security = connection.security();
    }

    MtpConnection connection() {
        return connection;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    @Nullable
    Peer peer() {
        return peer;
    }

    void belongsTo(@Nullable Peer device) {
        peer = device;
    }

    /// Who sent something on this connection and waits for an operator's approval, if anybody.
    @Nullable
    EndpointId applicant() {
        return applicant;
    }

    void applicant(@Nullable EndpointId device) {
        applicant = device;
    }

    /// Whom we spoke to here before it spoke, while we wait for its answer.
    @Nullable
    Peer called() {
        return called;
    }

    void called(@Nullable Peer device) {
        called = device;
    }

    String address() {
        return connection.peer().address();
    }

    WirePlace place() {
        return new WirePlace(transport(), address());
    }

    /// Who is at the other end: the device that was let in, else who it says it is, where it says so.
    Optional<EndpointId> claimed() {
        Peer known = peer;
        return known != null ? Optional.of(known.id()) : connection.peer().endpointId();
    }

    String transport() {
        return switch (connection.connectInfo()) {
            case ConnectInfo.WebSocket ignored -> "websocket";
            case ConnectInfo.Mqtt ignored -> "mqtt";
            case ConnectInfo.Stomp ignored -> "stomp";
            case ConnectInfo.Uds ignored -> "uds";
            case ConnectInfo.Coap ignored -> "coap";
        };
    }

    /// Whether a broker stands between us, so that an open connection says nothing about the device.
    boolean brokered() {
        return switch (connection.connectInfo()) {
            case ConnectInfo.WebSocket ignored -> false;
            case ConnectInfo.Uds ignored -> false;
            case ConnectInfo.Mqtt ignored -> true;
            case ConnectInfo.Stomp ignored -> true;
            case ConnectInfo.Coap ignored -> false;
        };
    }

    /// Whether nothing tells us when the device goes: a broker stands between, or there are no connections.
    boolean unwatched() {
        return brokered() || connection.connectInfo() instanceof ConnectInfo.Coap;
    }

    /// What this connection does for Records by itself (R-E2E.28): a certificate of the device is at its other end,
    /// or is known to our own broker; or the other end is on this host.
    Carrier carrier() {
        PeerIdentity who = connection.peer();
        Carrier.Way way = security.encrypted()
                ? Carrier.Way.ENCRYPTED
                : security.onThisHost() ? Carrier.Way.ON_THIS_HOST : Carrier.Way.OPEN;
        return new Carrier(way, warrant(who), security.certificates().stream().findFirst());
    }

    private Warrant warrant(PeerIdentity who) {
        if (who.proof() == PeerIdentity.Proof.CERTIFICATE) {
            return brokered() ? Warrant.TRUSTED_BROKER : Warrant.CERTIFICATE;
        }
        return who.loopback() && !brokered() ? Warrant.THIS_HOST : Warrant.NOBODY;
    }

    boolean isOpen() {
        return connection.isOpen();
    }
}
