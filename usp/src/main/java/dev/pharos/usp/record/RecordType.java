// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.record;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Frozen;
import java.util.List;

/// What a Record is for: carrying a Message, or opening and ending a relation on a transport.
public sealed interface RecordType {

    /// Carries one whole Message, without a Session Context.
    record NoSessionContext(Bytes payload) implements RecordType {}

    /// Carries a Message, or a segment of one, within a Session Context. All numbers are unsigned 64 bit
    /// (R-E2E.14).
    ///
    /// @param position where this Record stands within the Message
    /// @param recordPosition where it stands within one TLS record or plaintext payload
    record SessionContext(
            long sessionId,
            long sequenceId,
            long expectedId,
            long retransmitId,
            SegmentPosition position,
            SegmentPosition recordPosition,
            List<Bytes> payload)
            implements RecordType {
        public SessionContext {
            payload = Frozen.list(payload);
        }
    }

    record WebSocketConnect() implements RecordType {}

    /// @param subscribedTopic where the Agent listens
    record MqttConnect(MqttVersion version, String subscribedTopic) implements RecordType {}

    /// @param subscribedDestination where the Agent listens
    record StompConnect(StompVersion version, String subscribedDestination) implements RecordType {}

    record UdsConnect() implements RecordType {}

    /// @param reasonCode a USP error code, mostly 71xx
    record Disconnect(String reason, int reasonCode) implements RecordType {}

    // The order of the constants below is the number on the wire.

    enum SegmentPosition {
        NONE,
        BEGIN,
        IN_PROCESS,
        COMPLETE
    }

    enum MqttVersion {
        V3_1_1,
        V5
    }

    enum StompVersion {
        V1_2
    }
}
