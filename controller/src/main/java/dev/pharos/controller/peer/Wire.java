// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.observe.Observers;
import dev.pharos.controller.observe.WireRecord;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Puts Records on connections, and shows observers what passes.
final class Wire {
    private final EndpointId own;
    private final Observers observers;
    private final Counters counters;
    private final Clock clock;

    Wire(EndpointId own, Observers observers, Counters counters, Clock clock) {
        this.own = own;
        this.observers = observers;
        this.counters = counters;
        this.clock = clock;
    }

    /// @throws IOException where the connection does not take it
    void send(Link link, EndpointId to, UspMessage message) throws IOException {
        RecordType type = new RecordType.NoSessionContext(MessageCodec.encode(message));
        send(link, UspRecord.plain(to, own, type), Optional.of(message));
    }

    /// @throws IOException where the connection does not take it
    void send(Link link, UspRecord record, Optional<UspMessage> message) throws IOException {
        Bytes bytes = RecordCodec.encode(record);
        link.connection().send(bytes);
        counters.count(Counter.RECORDS_OUT);
        show(link, WireRecord.Direction.OUT, bytes.size(), Optional.of(record), message, Optional.empty());
    }

    void received(Link link, int bytes, UspRecord record, Optional<UspMessage> message) {
        counters.count(Counter.RECORDS_IN);
        show(link, WireRecord.Direction.IN, bytes, Optional.of(record), message, Optional.empty());
    }

    /// Shows something that came and is not let through.
    void refused(Link link, int bytes, Optional<UspRecord> record, Optional<UspMessage> message, String why) {
        counters.count(Counter.RECORDS_REFUSED);
        show(link, WireRecord.Direction.IN, bytes, record, message, Optional.of(why));
    }

    private void show(
            Link link,
            WireRecord.Direction direction,
            int bytes,
            Optional<UspRecord> record,
            Optional<UspMessage> message,
            Optional<String> refused) {
        if (!observers.wantsWire()) {
            return;
        }
        Optional<EndpointId> device =
                record.map(each -> direction == WireRecord.Direction.IN ? each.from() : each.to());
        String type = record.map(each -> each.type().getClass().getSimpleName()).orElse("");
        String kind = message.map(each -> MessageSummary.kind(each.body())).orElse("");
        String summary = message.map(each -> MessageSummary.of(each.body())).orElse(type);
        observers.wire(new WireRecord(
                clock.instant(),
                device,
                direction,
                link.transport(),
                link.address(),
                bytes,
                type,
                kind,
                message.map(each -> each.id().value()).orElse(""),
                summary,
                content(record, message),
                refused));
    }

    private static Optional<Object> content(Optional<UspRecord> record, Optional<UspMessage> message) {
        Map<String, Object> both = new LinkedHashMap<>();
        record.ifPresent(each -> both.put("record", each));
        message.ifPresent(each -> both.put("message", each));
        return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }
}
