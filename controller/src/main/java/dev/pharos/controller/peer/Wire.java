// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.observe.WireLog;
import dev.pharos.controller.observe.WireRecord;
import dev.pharos.controller.policy.PeerPolicy;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// Puts Records on connections, and tells what passes.
final class Wire {
    private final EndpointId own;
    private final WireLog log;
    private final Counters counters;
    private final Supplier<Optional<SecureIdentity>> identity;

    Wire(EndpointId own, WireLog log, Counters counters, PeerPolicy peers) {
        this.identity = peers.identity();
        this.own = own;
        this.log = log;
        this.counters = counters;
    }

    /// @throws IOException where the connection does not take it
    void send(Link link, EndpointId to, UspMessage message) throws IOException {
        RecordType type = new RecordType.NoSessionContext(MessageCodec.encode(message));
        send(link, UspRecord.plain(to, own, type), Optional.of(message));
    }

    /// @throws IOException where the connection does not take it
    void send(Link link, UspRecord bare, Optional<UspMessage> message) throws IOException {
        UspRecord record =
                identity.get().isEmpty() ? bare : new RecordGuard(bare.to(), identity).protect(bare, link.carrier());
        Bytes bytes = RecordCodec.encode(record);
        link.connection().send(bytes);
        counters.count(Counter.RECORDS_OUT);
        log.passed(WireRecord.Direction.OUT, link.place(), bytes.size(), record, message);
    }

    void received(Link link, int bytes, UspRecord record, Optional<UspMessage> message) {
        counters.count(Counter.RECORDS_IN);
        log.passed(WireRecord.Direction.IN, link.place(), bytes, record, message);
    }

    /// Shows something that came and is not let through.
    void refused(Link link, int bytes, UspRecord record, Optional<UspMessage> message, String why) {
        counters.count(Counter.RECORDS_REFUSED);
        log.refused(Optional.ofNullable(link.peer()).map(Peer::id), link.place(), bytes, record, message, why);
    }

    /// Shows something that came and is no Record.
    void unreadable(Link link, Bytes bytes, String why) {
        counters.count(Counter.RECORDS_REFUSED);
        log.unreadable(link.claimed(), link.peer() != null, link.place(), bytes, why);
    }
}
