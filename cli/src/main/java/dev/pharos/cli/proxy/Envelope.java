// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.proxy;

import dev.pharos.mtp.ConnectInfo;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.util.Optional;

/// A Record on its way, of which the proxy reads who sends it to whom, and nothing else.
///
/// @param greeting whether it is a Connect Record, which says what the transport is, and so is another on another
record Envelope(Bytes bytes, EndpointId from, EndpointId to, boolean greeting) {
    /// @throws MalformedInputException where it is no Record
    static Envelope of(Bytes bytes) throws MalformedInputException {
        UspRecord record = RecordCodec.decode(bytes);
        boolean greeting = switch (record.type()) {
            case RecordType.WebSocketConnect _,
                    RecordType.MqttConnect _,
                    RecordType.StompConnect _,
                    RecordType.UdsConnect _ -> true;
            case RecordType.NoSessionContext _, RecordType.SessionContext _, RecordType.Disconnect _ -> false;
        };
        return new Envelope(bytes, record.from(), record.to(), greeting);
    }

    /// The Connect Record of somebody whose transport has none.
    static Envelope greeting(EndpointId from, EndpointId to) {
        UspRecord record = UspRecord.plain(to, from, new RecordType.WebSocketConnect());
        return new Envelope(RecordCodec.encode(record), from, to, true);
    }

    /// What is sent over a transport: the Record as it came, octet for octet, but for a Connect Record (R-MTP.6).
    ///
    /// @return empty where that transport has no Connect Record
    Optional<Bytes> over(ConnectInfo transport) {
        if (!greeting) {
            return Optional.of(bytes);
        }
        Optional<RecordType> type = switch (transport) {
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
        return type.map(other -> RecordCodec.encode(UspRecord.plain(to, from, other)));
    }
}
