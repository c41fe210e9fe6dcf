// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.FIXED32;
import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.Disconnect;
import dev.pharos.usp.record.RecordType.MqttConnect;
import dev.pharos.usp.record.RecordType.MqttVersion;
import dev.pharos.usp.record.RecordType.NoSessionContext;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.RecordType.SessionContext;
import dev.pharos.usp.record.RecordType.StompConnect;
import dev.pharos.usp.record.RecordType.StompVersion;
import dev.pharos.usp.record.RecordType.UdsConnect;
import dev.pharos.usp.record.RecordType.WebSocketConnect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The oneof `record_type` of a Record.
final class RecordTypeCodec {
    private static final int NO_SESSION_CONTEXT = 7 << 3 | LEN;
    private static final int SESSION_CONTEXT = 8 << 3 | LEN;
    private static final int WEBSOCKET_CONNECT = 9 << 3 | LEN;
    private static final int MQTT_CONNECT = 10 << 3 | LEN;
    private static final int STOMP_CONNECT = 11 << 3 | LEN;
    private static final int DISCONNECT = 12 << 3 | LEN;
    private static final int UDS_CONNECT = 13 << 3 | LEN;

    private static final int NO_SESSION_PAYLOAD = 2 << 3 | LEN;

    private static final int SESSION_ID = 1 << 3 | VARINT;
    private static final int SEQUENCE_ID = 2 << 3 | VARINT;
    private static final int EXPECTED_ID = 3 << 3 | VARINT;
    private static final int RETRANSMIT_ID = 4 << 3 | VARINT;
    private static final int PAYLOAD_SAR_STATE = 5 << 3 | VARINT;
    private static final int PAYLOADREC_SAR_STATE = 6 << 3 | VARINT;
    private static final int SESSION_PAYLOAD = 7 << 3 | LEN;

    private static final int CONNECT_VERSION = 1 << 3 | VARINT;
    private static final int SUBSCRIBED = 2 << 3 | LEN;

    private static final int REASON = 1 << 3 | LEN;
    private static final int REASON_CODE = 2 << 3 | FIXED32;

    private static final List<SegmentPosition> POSITIONS = List.of(SegmentPosition.values());
    private static final List<MqttVersion> MQTT_VERSIONS = List.of(MqttVersion.values());
    private static final List<StompVersion> STOMP_VERSIONS = List.of(StompVersion.values());

    private RecordTypeCodec() {}

    /// Reads the field at which `in` stands, or null where it is no member of the oneof.
    static @Nullable RecordType read(WireReader in) throws MalformedInputException {
        return switch (in.tag()) {
            case NO_SESSION_CONTEXT -> in.nested(RecordTypeCodec::readNoSessionContext);
            case SESSION_CONTEXT -> in.nested(RecordTypeCodec::readSessionContext);
            case WEBSOCKET_CONNECT -> in.nested(nested -> readEmpty(nested, new WebSocketConnect()));
            case MQTT_CONNECT -> in.nested(RecordTypeCodec::readMqttConnect);
            case STOMP_CONNECT -> in.nested(RecordTypeCodec::readStompConnect);
            case DISCONNECT -> in.nested(RecordTypeCodec::readDisconnect);
            case UDS_CONNECT -> in.nested(nested -> readEmpty(nested, new UdsConnect()));
            default -> null;
        };
    }

    private static <T extends RecordType> T readEmpty(WireReader in, T type) throws MalformedInputException {
        while (in.next()) {
            in.skip();
        }
        return type;
    }

    private static NoSessionContext readNoSessionContext(WireReader in) throws MalformedInputException {
        Bytes payload = Bytes.EMPTY;
        while (in.next()) {
            switch (in.tag()) {
                case NO_SESSION_PAYLOAD -> payload = in.bytes();
                default -> in.skip();
            }
        }
        if (payload.isEmpty()) {
            throw in.invalid("no_session_context without payload");
        }
        return new NoSessionContext(payload);
    }

    private static SessionContext readSessionContext(WireReader in) throws MalformedInputException {
        long sessionId = 0;
        long sequenceId = 0;
        long expectedId = 0;
        long retransmitId = 0;
        SegmentPosition position = SegmentPosition.NONE;
        SegmentPosition recordPosition = SegmentPosition.NONE;
        List<Bytes> payload = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case SESSION_ID -> sessionId = in.varint();
                case SEQUENCE_ID -> sequenceId = in.varint();
                case EXPECTED_ID -> expectedId = in.varint();
                case RETRANSMIT_ID -> retransmitId = in.varint();
                case PAYLOAD_SAR_STATE -> position = in.constant(POSITIONS);
                case PAYLOADREC_SAR_STATE -> recordPosition = in.constant(POSITIONS);
                case SESSION_PAYLOAD -> payload = in.append(payload, in.bytes());
                default -> in.skip();
            }
        }
        requireNumber(in, sessionId, "session_id");
        requireNumber(in, sequenceId, "sequence_id");
        requireNumber(in, expectedId, "expected_id");
        return new SessionContext(sessionId, sequenceId, expectedId, retransmitId, position, recordPosition, payload);
    }

    /// These begin at 1, so that 0 can only mean that the field is missing (R-MTP.4b, R-E2E.3).
    private static void requireNumber(WireReader in, long number, String field) throws MalformedInputException {
        if (number == 0) {
            throw in.invalid("session_context without " + field);
        }
    }

    private static MqttConnect readMqttConnect(WireReader in) throws MalformedInputException {
        MqttVersion version = MqttVersion.V3_1_1;
        String topic = "";
        while (in.next()) {
            switch (in.tag()) {
                case CONNECT_VERSION -> version = in.constant(MQTT_VERSIONS);
                case SUBSCRIBED -> topic = in.string();
                default -> in.skip();
            }
        }
        if (topic.isEmpty()) {
            throw in.invalid("mqtt_connect without subscribed_topic");
        }
        return new MqttConnect(version, topic);
    }

    private static StompConnect readStompConnect(WireReader in) throws MalformedInputException {
        StompVersion version = StompVersion.V1_2;
        String destination = "";
        while (in.next()) {
            switch (in.tag()) {
                case CONNECT_VERSION -> version = in.constant(STOMP_VERSIONS);
                case SUBSCRIBED -> destination = in.string();
                default -> in.skip();
            }
        }
        if (destination.isEmpty()) {
            throw in.invalid("stomp_connect without subscribed_destination");
        }
        return new StompConnect(version, destination);
    }

    private static Disconnect readDisconnect(WireReader in) throws MalformedInputException {
        String reason = "";
        int reasonCode = 0;
        while (in.next()) {
            switch (in.tag()) {
                case REASON -> reason = in.string();
                case REASON_CODE -> reasonCode = in.fixed32();
                default -> in.skip();
            }
        }
        return new Disconnect(reason, reasonCode);
    }

    static void write(WireWriter out, RecordType type) {
        switch (type) {
            case NoSessionContext plain ->
                out.nested(NO_SESSION_CONTEXT, plain, RecordTypeCodec::writeNoSessionContext);
            case SessionContext session -> out.nested(SESSION_CONTEXT, session, RecordTypeCodec::writeSessionContext);
            case WebSocketConnect ignored -> out.member(WEBSOCKET_CONNECT, Bytes.EMPTY);
            case MqttConnect mqtt -> out.nested(MQTT_CONNECT, mqtt, RecordTypeCodec::writeMqttConnect);
            case StompConnect stomp -> out.nested(STOMP_CONNECT, stomp, RecordTypeCodec::writeStompConnect);
            case Disconnect disconnect -> out.nested(DISCONNECT, disconnect, RecordTypeCodec::writeDisconnect);
            case UdsConnect ignored -> out.member(UDS_CONNECT, Bytes.EMPTY);
        }
    }

    private static void writeNoSessionContext(WireWriter out, NoSessionContext plain) {
        out.bytes(NO_SESSION_PAYLOAD, plain.payload());
    }

    private static void writeSessionContext(WireWriter out, SessionContext session) {
        out.number(SESSION_ID, session.sessionId());
        out.number(SEQUENCE_ID, session.sequenceId());
        out.number(EXPECTED_ID, session.expectedId());
        out.number(RETRANSMIT_ID, session.retransmitId());
        out.constant(PAYLOAD_SAR_STATE, session.position());
        out.constant(PAYLOADREC_SAR_STATE, session.recordPosition());
        for (Bytes part : session.payload()) {
            out.member(SESSION_PAYLOAD, part);
        }
    }

    private static void writeMqttConnect(WireWriter out, MqttConnect mqtt) {
        out.constant(CONNECT_VERSION, mqtt.version());
        out.string(SUBSCRIBED, mqtt.subscribedTopic());
    }

    private static void writeStompConnect(WireWriter out, StompConnect stomp) {
        out.constant(CONNECT_VERSION, stomp.version());
        out.string(SUBSCRIBED, stomp.subscribedDestination());
    }

    private static void writeDisconnect(WireWriter out, Disconnect disconnect) {
        out.string(REASON, disconnect.reason());
        out.fixed32(REASON_CODE, disconnect.reasonCode());
    }
}
