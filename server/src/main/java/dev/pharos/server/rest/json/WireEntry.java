// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.observe.WireRecord;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A Record as it passed, or as it was refused.
///
/// @param text the decoded content as JSON, secrets masked
/// @param refused why it was refused; null where it was not
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WireEntry(
        Instant time,
        String device,
        @Schema(allowableValues = {"in", "out"}) String direction,
        String transport,
        String address,
        int bytes,
        String record,
        String message,
        String msgId,
        String summary,
        String text,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"string", "null"})
        @Nullable
        String refused) {

    public static WireEntry of(WireRecord wire) {
        return new WireEntry(
                wire.time(),
                wire.device().map(EndpointId::toString).orElse(""),
                wire.direction().name().toLowerCase(Locale.ROOT),
                wire.transport(),
                wire.address(),
                wire.bytes(),
                wire.recordType(),
                wire.message(),
                wire.messageId(),
                wire.summary(),
                wire.text(),
                wire.refused().orElse(null));
    }
}
