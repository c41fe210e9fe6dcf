// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.alarm;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// Something that somebody wanted to be told of is so, or was.
///
/// @param rule its name, which may be gone
/// @param device empty where it is about all devices of the rule
/// @param text one sentence
/// @param assignee who looks after it; empty for nobody
/// @param mutedUntil until when nobody wants to hear of it
/// @param cleared when it was over
/// @param clearedBy empty where it was over by itself
public record Alarm(
        long id,
        String rule,
        Severity severity,
        Optional<EndpointId> device,
        String text,
        Instant raised,
        String assignee,
        Optional<Instant> mutedUntil,
        Optional<Instant> cleared,
        String clearedBy) {

    /// How it stands.
    public enum State {
        RAISED,
        ASSIGNED,
        MUTED,
        CLEARED
    }

    public State state(Instant now) {
        if (cleared.isPresent()) {
            return State.CLEARED;
        }
        if (mutedUntil.filter(now::isBefore).isPresent()) {
            return State.MUTED;
        }
        return assignee.isEmpty() ? State.RAISED : State.ASSIGNED;
    }
}
