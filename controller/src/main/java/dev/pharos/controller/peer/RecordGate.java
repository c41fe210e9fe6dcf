// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.mtp.CloseReason;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import java.util.List;
import java.util.Optional;

/// Reads what connections bring: only well-formed Records to us, from whom the connection belongs to, pass
/// (R-MTP.5, R-E2E.1, R-ARC.2). What does not pass is shown to observers with the reason.
final class RecordGate {
    private static final Fault SESSION_REQUIRED =
            new Fault(StandardErrorCode.SECURE_SESSION_REQUIRED, "a Session Context is required");

    /// Payload TLS is only ever within a session (R-E2E.41).
    private static final Fault TLS_OUTSIDE =
            new Fault(StandardErrorCode.SECURE_SESSION_NOT_SUPPORTED, "TLS outside a session");

    /// We have no certificates, and so no way to check a signature (R-E2E.30).
    private static final Fault PROTECTED =
            new Fault(StandardErrorCode.SECURE_SESSION_NOT_SUPPORTED, "Record protection is not supported");

    private final EndpointId own;
    private final Wire wire;
    private final Entrance entrance;
    private final MessageDesk desk;
    private final Sessions sessions;

    RecordGate(EndpointId own, Wire wire, Entrance entrance, MessageDesk desk, Sessions sessions) {
        this.own = own;
        this.wire = wire;
        this.entrance = entrance;
        this.desk = desk;
        this.sessions = sessions;
    }

    void read(Link link, Bytes bytes) {
        UspRecord record;
        try {
            record = RecordCodec.decode(bytes);
        } catch (MalformedInputException malformed) {
            wire.unreadable(link, bytes, "not a Record: " + malformed.detail());
            entrance.refused(link, link.claimed(), "it sent something that is no Record: " + malformed.detail());
            end(link, CloseReason.NOT_A_RECORD);
            return;
        }
        if (!record.to().equals(own)) {
            wire.refused(link, bytes.size(), record, Optional.empty(), "addressed to " + record.to());
            return;
        }
        Optional<String> objection = objection(link, record);
        if (objection.isPresent()) {
            wire.refused(link, bytes.size(), record, Optional.empty(), objection.get());
            entrance.refused(link, Optional.of(record.from()), objection.get());
            end(link, CloseReason.REFUSED);
            return;
        }
        pass(link, bytes, record);
    }

    /// Closes a connection that only its peer can have sent this on. Behind a broker anybody may have
    /// published it, and the device must not lose its connection for it.
    private static void end(Link link, CloseReason reason) {
        if (!link.brokered()) {
            link.connection().close(reason);
        }
    }

    private Optional<String> objection(Link link, UspRecord record) {
        EndpointId from = record.from();
        if (from.equals(own)) {
            return Optional.of("the sender has our own Endpoint ID");
        }
        Optional<EndpointId> claimed = link.connection().peer().endpointId();
        if (claimed.isPresent() && !claimed.get().equals(from)) {
            return Optional.of("the Record is from " + from + " but the connection is of " + claimed.get());
        }
        Peer bound = link.peer();
        if (bound != null && !bound.id().equals(from)) {
            return Optional.of("the Record is from " + from + " but the connection belongs to " + bound.id());
        }
        return Optional.empty();
    }

    private void pass(Link link, Bytes bytes, UspRecord record) {
        boolean known = link.peer() != null;
        Optional<String> unproven = unproven(link, record, known);
        if (unproven.isPresent()) {
            unproven(link, bytes, record, unproven.get());
            return;
        }
        Optional<String> refusal = !known ? entrance.admit(link, record.from()) : Optional.empty();
        Peer peer = link.peer();
        if (refusal.isPresent() || peer == null) {
            wire.refused(link, bytes.size(), record, Optional.empty(), refusal.orElse("it has just left"));
            return;
        }
        if (known) {
            // The first Record of a connection counted when it was let in, before anybody could call the device:
            // counted again, it would look like a sign of life after a call.
            entrance.alive(peer);
        }
        switch (record.type()) {
            case RecordType.NoSessionContext content -> {
                if (sessions.required()) {
                    desk.refuse(link, peer, record, content.payload(), bytes.size(), SESSION_REQUIRED);
                    sessions.open(link, peer);
                } else if (record.protection().payloadSecurity() != PayloadSecurity.PLAINTEXT) {
                    desk.refuse(link, peer, record, content.payload(), bytes.size(), TLS_OUTSIDE);
                } else {
                    desk.read(link, peer, record, content.payload(), bytes.size());
                }
            }
            case RecordType.SessionContext content ->
                sessions.receive(
                        link,
                        peer,
                        record,
                        content,
                        (messages, objection) -> read(link, peer, record, bytes.size(), messages, objection));
            case RecordType.Disconnect disconnect -> {
                wire.received(link, bytes.size(), record, Optional.empty());
                sessions.forget(peer, reason(disconnect));
                entrance.goodbye(link, "it said goodbye: " + reason(disconnect));
                if (sessions.required()
                        && disconnect.reasonCode() == StandardErrorCode.SESSION_CONTEXT_NOT_ALLOWED.code()) {
                    end(link, CloseReason.NORMAL);
                }
            }
            case RecordType.WebSocketConnect ignored -> connected(link, peer, known, record, bytes);
            case RecordType.MqttConnect ignored -> connected(link, peer, known, record, bytes);
            case RecordType.StompConnect ignored -> connected(link, peer, known, record, bytes);
            case RecordType.UdsConnect ignored -> connected(link, peer, known, record, bytes);
        }
    }

    /// Why a Record does not show that it is from whom it says; the session looks at its own itself, as far as it
    /// can be asked already.
    private Optional<String> unproven(Link link, UspRecord record, boolean known) {
        boolean ofSession = record.type() instanceof RecordType.SessionContext;
        boolean coded = record.protection().payloadSecurity() == PayloadSecurity.TLS12
                && record.protection().senderCertificate().isEmpty();
        return ofSession && (known || coded)
                ? Optional.empty()
                : sessions.guard(record.from()).objection(record, link.carrier());
    }

    private void unproven(Link link, Bytes bytes, UspRecord record, String reason) {
        Peer peer = link.peer();
        if (peer != null
                && record.type() instanceof RecordType.NoSessionContext content
                && sessions.guard(record.from()).identity().isEmpty()) {
            desk.refuse(link, peer, record, content.payload(), bytes.size(), PROTECTED);
            return;
        }
        wire.refused(link, bytes.size(), record, Optional.empty(), reason);
        entrance.refused(link, Optional.of(record.from()), reason);
    }

    /// @param messages what the Record of a session brought; with those that waited for it, or nothing yet
    private void read(
            Link link,
            Peer peer,
            UspRecord record,
            int size,
            List<Bytes> messages,
            Optional<DeviceSession.Refusal> refusal) {
        if (refusal.isPresent()) {
            wire.refused(link, size, record, Optional.empty(), refusal.get().reason());
            if (refusal.get().distrusted()) {
                entrance.refused(link, Optional.of(record.from()), refusal.get().reason());
            }
        } else if (messages.isEmpty()) {
            wire.received(link, size, record, Optional.empty());
        }
        for (Bytes message : messages) {
            desk.read(link, peer, record, message, size);
        }
    }

    private void connected(Link link, Peer peer, boolean known, UspRecord record, Bytes bytes) {
        wire.received(link, bytes.size(), record, Optional.empty());
        if (known) {
            // It starts anew on a connection that stayed, as a device does behind a broker that kept its session.
            entrance.arrived(peer);
        }
    }

    private static String reason(RecordType.Disconnect disconnect) {
        return disconnect.reason().isEmpty()
                ? ErrorCode.of(disconnect.reasonCode()).title()
                : disconnect.reason();
    }
}
