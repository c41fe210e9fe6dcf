// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.WebhookOutbox.Delivery;
import dev.pharos.server.store.WebhookOutbox.State;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One event for one webhook.
///
/// @param id what the receiver sees as `webhook-id`, the same in each try
/// @param seq of the event
/// @param tries that were begun
/// @param nextTry left out where there is none
/// @param expires when it is given up, or was
/// @param lastTry when it ended
/// @param status of the last answer
/// @param answer how that began, or why there was none
/// @param body what is sent
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookDelivery(
        String id,
        long seq,
        Instant eventTime,

        @Schema(allowableValues = {"waiting", "delivered", "dead"})
        String state,

        int tries,
        @Nullable Instant nextTry,
        Instant expires,
        @Nullable Instant lastTry,
        @Nullable Integer status,
        String answer,
        String body) {

    public static WebhookDelivery of(Delivery kept) {
        return new WebhookDelivery(
                kept.id().toString(),
                kept.seq(),
                kept.eventTime(),
                text(kept.state()),
                kept.tries(),
                kept.state() == State.WAITING ? kept.due() : null,
                kept.expires(),
                kept.tried().orElse(null),
                kept.status().orElse(null),
                kept.answer(),
                kept.body());
    }

    public static String text(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
