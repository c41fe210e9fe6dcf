// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.store.EventKind;
import dev.pharos.server.store.WebhookStore.StoredWebhook;
import dev.pharos.server.store.WebhookStore.Subscription;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A webhook, without its secret.
///
/// @param kinds of events; empty for all
/// @param query for devices; empty for all events
/// @param path what the event's path and name begin with; empty for all
/// @param state `failing`: the last try failed by the target's fault
/// @param note why it is paused
/// @param waiting deliveries, counted to 100,001
/// @param dead deliveries that were given up, counted alike
/// @param replaying whether events of a time that is past are still being queued
/// @param lastError of the target; left out where its last answer was well
/// @param retryAt nothing is sent there before
/// @param oldSecretUntil until when a secret that was replaced signs too
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(
        String name,
        String url,
        List<String> kinds,
        String query,
        String path,
        boolean insecure,

        @Schema(allowableValues = {"active", "failing", "paused"})
        String state,

        String note,
        long waiting,
        long dead,
        boolean replaying,
        @Nullable String lastError,
        @Nullable Instant retryAt,
        @Nullable Instant lastSuccess,
        @Nullable Instant oldSecretUntil,
        Instant created,
        String createdBy) {

    public static Webhook of(StoredWebhook kept, Instant now) {
        Subscription subscription = kept.subscription();
        boolean failing = kept.health().failures() > 0;
        return new Webhook(
                subscription.name(),
                subscription.url(),
                subscription.kinds().stream().map(EventKind::text).sorted().toList(),
                subscription.query(),
                subscription.path(),
                subscription.insecure(),
                kept.paused() ? "paused" : failing ? "failing" : "active",
                kept.note(),
                kept.health().waiting(),
                kept.health().dead(),
                kept.replaying(),
                failing ? kept.health().lastError() : null,
                failing ? kept.health().retryAt() : null,
                kept.health().lastSuccess().orElse(null),
                kept.salts().oldUntil().filter(now::isBefore).orElse(null),
                kept.created(),
                kept.createdBy());
    }
}
