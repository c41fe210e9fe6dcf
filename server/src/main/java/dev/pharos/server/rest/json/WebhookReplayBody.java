// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is to be delivered again: one delivery, what was given up, or the events of a time.
///
/// @param delivery its id
/// @param dead true for all that were given up
/// @param from the first moment
/// @param to the first moment that is not meant any more; now where it is left out
public record WebhookReplayBody(
        @Nullable UUID delivery,
        @Nullable Boolean dead,
        @Nullable Instant from,
        @Nullable Instant to) {

    public void check() {
        long asked = Stream.of(delivery != null, meansDead(), from != null)
                .filter(Boolean::booleanValue)
                .count();
        if (asked != 1 || (to != null && from == null)) {
            throw new BadRequestException(
                    "body", "must have one of delivery, dead (true), and from (with or without to)");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw new BadRequestException("to", "must be after from");
        }
    }

    public Optional<UUID> chosen() {
        return Optional.ofNullable(delivery);
    }

    public boolean meansDead() {
        return Fields.flag(dead, false);
    }

    public Optional<Instant> begin() {
        return Optional.ofNullable(from);
    }

    public Instant end(Instant otherwise) {
        return to == null ? otherwise : to;
    }
}
