// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.observe.WireRecord.Direction;
import dev.pharos.controller.observe.WireRecord.Kind;
import dev.pharos.controller.policy.Limits;
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

    private static final Set<String> WRITES = Set.of("Set", "Add", "Operate");

    sealed interface Content {}

    /// A Record that could be read, and its Message where that could be read too.
    record Decoded(UspRecord record, Optional<UspMessage> message) implements Content {}

    /// A Record that is too large to be kept or shown: only what it was.
    record Brief(String recordType, String message, String messageId, String summary) implements Content {}

    /// Something that is no Record.
    record Unreadable(Bytes head) implements Content {}

    /// A connection opened or ended.
    record Said(String sentence) implements Content {}

    /// How much memory this takes, as far as we can tell.
    int weight() {
        return OWN_BYTES + (content instanceof Decoded ? DECODED_FACTOR * bytes : 0);
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
                    case Brief brief -> WRITES.contains(brief.message());
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
        if (bytes <= most || !(content instanceof Decoded decoded)) {
            return this;
        }
        String type = WireRecord.typeOf(decoded.record());
        Content brief = new Brief(
                type,
                decoded.message().map(each -> MessageSummary.kind(each.body())).orElse(""),
                decoded.message().map(each -> each.id().value()).orElse(""),
                decoded.message().map(each -> MessageSummary.of(each.body())).orElse(type));
        return new Passage(seq, time, kind, device, direction, place, bytes, brief, refused);
    }
}
