// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.observe.WireRecord.Kind;
import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes what may be seen of a Passage. Bytes are never shown as they came, but as they are encoded anew from what was
/// understood and masked: what nobody understood cannot be masked.
final class WireView {
    private WireView() {}

    /// What is shown of a Record.
    private record Shown(
            String type, String message, String id, String summary, String text, String hex, String note) {}

    /// @param echoes secrets of the request that this may be the answer to
    static WireRecord of(Passage passage, SecretParameters secrets, Set<String> echoes) {
        Shown shown = switch (passage.content()) {
            case Passage.Said said -> new Shown("", said.message(), "", said.sentence(), "", "", "");
            case Passage.Unreadable unreadable -> unreadable(passage, unreadable.head());
            case Passage.Enveloped(Envelope envelope) -> enveloped(envelope, new Masking(secrets, echoes));
            case Passage.Brief brief ->
                new Shown(
                        brief.recordType(),
                        brief.message(),
                        brief.messageId(),
                        secrets.masked(brief.summary()),
                        "",
                        "",
                        "It is too large to be shown decoded.");
            case Passage.Decoded decoded -> decoded(decoded, new Masking(secrets, echoes));
        };
        String summary = shown.summary().isEmpty() ? passage.refused().orElse("") : shown.summary();
        return new WireRecord(
                passage.seq(),
                passage.time(),
                passage.kind(),
                passage.device(),
                passage.direction(),
                passage.place().transport(),
                passage.place().address(),
                passage.place().session(),
                passage.bytes(),
                shown.type(),
                shown.message(),
                shown.id(),
                summary,
                shown.text(),
                shown.hex(),
                shown.note(),
                passage.refused());
    }

    private static Shown unreadable(Passage passage, Bytes head) {
        String summary = passage.kind() == Kind.ENVELOPE ? "not an envelope" : "not a Record";
        return new Shown("", "", "", summary, "", head.toHex(), beginningOf(head.size(), passage.bytes()));
    }

    private static Shown enveloped(Envelope envelope, Masking masking) {
        Envelope masked = new MaskedEnvelope(masking).of(envelope);
        String name = EnvelopeSummary.name(masked.body());
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("namespace", masked.namespace().uri());
        parts.put("header", masked.header());
        parts.put("method", name);
        parts.put("message", masked.body());
        return new Shown(
                "",
                name,
                masked.header().id().orElse(""),
                EnvelopeSummary.of(masked.body()),
                JsonText.of(parts),
                "",
                masking.masked() ? "Secrets are masked." : "");
    }

    private static String beginningOf(int shown, int size) {
        return shown >= size
                ? ""
                : "The bytes are the first " + shown + " of " + size
                        + ": secrets in what cannot be read could not be masked.";
    }

    private static Shown decoded(Passage.Decoded decoded, Masking masking) {
        UspRecord record = header(decoded.record(), masking);
        String type = WireRecord.typeOf(record);
        Optional<UspMessage> message =
                decoded.message().map(each -> new UspMessage(each.id(), masking.of(each.body())));
        if (message.isEmpty()) {
            return withoutMessage(record, type);
        }
        UspMessage masked = message.get();
        Bytes encoded = MessageCodec.encode(masked);
        Bytes bytes = record.type() instanceof RecordType.NoSessionContext
                ? RecordCodec.encode(with(record, new RecordType.NoSessionContext(encoded)))
                : encoded;
        return new Shown(
                type,
                MessageSummary.kind(masked.body()),
                masked.id().value(),
                MessageSummary.of(masked.body()),
                json(record, message),
                hex(bytes),
                (masking.masked() ? "Secrets are masked, in the bytes too." : "") + cut(bytes));
    }

    private static UspRecord header(UspRecord record, Masking masking) {
        return record.type() instanceof RecordType.Disconnect goodbye
                ? with(record, new RecordType.Disconnect(masking.text(goodbye.reason()), goodbye.reasonCode()))
                : record;
    }

    private static UspRecord with(UspRecord record, RecordType type) {
        return new UspRecord(record.version(), record.to(), record.from(), record.protection(), type);
    }

    private static Shown withoutMessage(UspRecord record, String type) {
        String text = json(record, Optional.empty());
        return switch (record.type()) {
            case RecordType.NoSessionContext content -> {
                Bytes payload = content.payload();
                Bytes head = payload.slice(0, Math.min(payload.size(), Limits.WIRE_UNREADABLE_BYTES));
                yield new Shown(type, "", "", type, text, head.toHex(), beginningOf(head.size(), payload.size()));
            }
            case RecordType.SessionContext ignored ->
                new Shown(type, "", "", type, text, "", "The bytes are a part of a Message, which is not shown.");
            case RecordType.Disconnect goodbye -> plain(record, type, text, type + " " + goodbye.reason());
            case RecordType.WebSocketConnect ignored -> plain(record, type, text, type);
            case RecordType.MqttConnect connect ->
                plain(record, type, text, type + ", listens at " + connect.subscribedTopic());
            case RecordType.StompConnect connect ->
                plain(record, type, text, type + ", listens at " + connect.subscribedDestination());
            case RecordType.UdsConnect ignored -> plain(record, type, text, type);
        };
    }

    private static Shown plain(UspRecord record, String type, String text, String summary) {
        Bytes bytes = RecordCodec.encode(record);
        return new Shown(type, "", "", summary.strip(), text, hex(bytes), cut(bytes));
    }

    private static String hex(Bytes bytes) {
        return bytes.slice(0, Math.min(bytes.size(), Limits.WIRE_HEX_BYTES)).toHex();
    }

    private static String cut(Bytes bytes) {
        return bytes.size() <= Limits.WIRE_HEX_BYTES
                ? ""
                : " The bytes are the first " + Limits.WIRE_HEX_BYTES + " of " + bytes.size() + ".";
    }

    private static String json(UspRecord record, Optional<UspMessage> message) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("record", record);
        message.ifPresent(each -> both.put("message", each));
        return JsonText.of(both);
    }
}
