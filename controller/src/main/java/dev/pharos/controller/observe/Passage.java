// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.observe.WireRecord.Direction;
import dev.pharos.controller.observe.WireRecord.Kind;
import dev.pharos.controller.policy.Limits;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.UspRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Something that happened on the wire, as it was: not masked yet, and therefore known to this package alone.
///
/// @param device who it came from or went to, or who a peer says it is
/// @param bytes how large the Record was
/// @param refused why it was refused
record Passage(
        long seq,
        Instant time,
        Kind kind,
        Optional<EndpointId> device,
        Direction direction,
        WirePlace place,
        int bytes,
        Content content,
        Optional<String> refused) {
    /// What the rest of a Passage takes, as far as we can tell.
    private static final int OWN_BYTES = 256;

    /// Values take several times what they take as bytes: characters, lists, maps.
    private static final int DECODED_FACTOR = 4;

    /// As SOAP they take more: each value comes with the names of three elements.
    private static final int ENVELOPE_FACTOR = 2;

    private static final Set<String> WRITES = Set.of("Set", "Add", "Operate");

    sealed interface Content {}

    /// A Record that could be read, and its Message where that could be read too.
    record Decoded(UspRecord record, Optional<UspMessage> message) implements Content {}

    /// A message of TR-069 that could be read.
    record Enveloped(Envelope envelope) implements Content {}

    /// A Record or envelope that is too large to be kept or shown: only what it was.
    record Brief(String recordType, String message, String messageId, String summary) implements Content {}

    /// Something that is no Record, or no envelope.
    record Unreadable(Bytes head) implements Content {}

    /// A connection opened or ended, or a message of TR-069 with nothing in it.
    ///
    /// @param message what it is called; empty where it is none
    record Said(String message, String sentence) implements Content {
        Said(String sentence) {
            this("", sentence);
        }
    }

    /// How much memory this takes, as far as we can tell.
    int weight() {
        return OWN_BYTES
                + switch (content) {
                    case Decoded _ -> DECODED_FACTOR * bytes;
                    case Enveloped _ -> ENVELOPE_FACTOR * bytes;
                    case Brief _, Unreadable _, Said _ -> 0;
                };
    }

    /// Whether it is something that we write to a device, which may hold secrets that the device repeats.
    boolean isWrite() {
        return direction == Direction.OUT
                && switch (content) {
                    case Decoded decoded ->
                        decoded.message()
                                .map(UspMessage::body)
                                .filter(body -> body instanceof SetRequest
                                        || body instanceof AddRequest
                                        || body instanceof OperateRequest)
                                .isPresent();
                    case Enveloped(Envelope envelope) -> EnvelopeSummary.isWrite(envelope.body());
                    case Brief brief ->
                        WRITES.contains(brief.message()) || EnvelopeSummary.WRITES.contains(brief.message());
                    case Unreadable ignored -> false;
                    case Said ignored -> false;
                };
    }

    /// What is kept of it for those who look later.
    Passage kept() {
        return isWrite() ? this : within(Limits.WIRE_KEPT_RECORD_BYTES);
    }

    /// The same without its content where that is larger than this.
    Passage within(int most) {
        return bytes <= most
                ? this
                : switch (content) {
                    case Decoded decoded -> withContent(brief(decoded));
                    case Enveloped(Envelope envelope) -> withContent(brief(envelope));
                    case Brief _, Unreadable _, Said _ -> this;
                };
    }

    private Passage withContent(Content brief) {
        return new Passage(seq, time, kind, device, direction, place, bytes, brief, refused);
    }

    private static Brief brief(Decoded decoded) {
        String type = WireRecord.typeOf(decoded.record());
        return new Brief(
                type,
                decoded.message().map(each -> MessageSummary.kind(each.body())).orElse(""),
                decoded.message().map(each -> each.id().value()).orElse(""),
                decoded.message().map(each -> MessageSummary.of(each.body())).orElse(type));
    }

    private static Brief brief(Envelope envelope) {
        return new Brief(
                "",
                EnvelopeSummary.name(envelope.body()),
                envelope.header().id().orElse(""),
                EnvelopeSummary.of(envelope.body()));
    }
}
