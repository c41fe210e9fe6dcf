// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.observe.WireRecord;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What passed on the wire, or was refused.
///
/// @param seq grows with everything that happens on the wire
/// @param kind a connection was opened, a Record passed or was refused, a peer was refused at the door, a connection
///     was closed, a device of TR-069 was called to open a session, a message of such a session passed or
///     was refused
/// @param device empty where a refused peer did not say who it is
/// @param session of TR-069 in which it passed, by its number; empty elsewhere
/// @param record the type of the Record; empty where there is none
/// @param message the kind of the Message, such as Get or GetResponse, over TR-069 Inform or Fault; empty where there
/// is none
/// @param text the decoded content as JSON, secrets masked
/// @param hex the bytes in hexadecimal digits, secrets masked
/// @param note what is missing or was changed in text and hex
/// @param refused why it was refused; null where it was not
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WireEntry(
        long seq,
        Instant time,

        @Schema(allowableValues = {"opened", "record", "refused", "closed", "called", "envelope"})
        String kind,

        String device,
        @Schema(allowableValues = {"in", "out"}) String direction,
        String transport,
        String address,
        String session,
        int bytes,
        String record,
        String message,
        String msgId,
        String summary,
        String text,
        String hex,
        String note,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"string", "null"})
        @Nullable
        String refused) {

    public static WireEntry of(WireRecord wire) {
        return new WireEntry(
                wire.seq(),
                wire.time(),
                wire.kind().name().toLowerCase(Locale.ROOT),
                wire.device().map(EndpointId::toString).orElse(""),
                wire.direction().name().toLowerCase(Locale.ROOT),
                wire.transport(),
                wire.address(),
                wire.session(),
                wire.bytes(),
                wire.recordType(),
                wire.message(),
                wire.messageId(),
                wire.summary(),
                wire.text(),
                wire.hex(),
                wire.note(),
                wire.refused().orElse(null));
    }
}
