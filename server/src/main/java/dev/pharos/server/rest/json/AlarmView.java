// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.alarm.Alarm;
import dev.pharos.server.store.AlarmStore;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An alarm.
///
/// @param rule the name of its rule, which may be gone
/// @param device left out where it is about all devices of the rule
/// @param text what the rule looks for
/// @param assignee who looks after it; empty for nobody
/// @param mutedUntil until when nobody wants to hear of it
/// @param clearedBy who did; left out where it is open, or was over by itself
/// @param notes what people said of it; only where one alarm is asked for
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlarmView(
        long id,
        String rule,

        @Schema(allowableValues = {"warning", "minor", "major", "critical"})
        String severity,

        @Nullable String device,

        @Schema(allowableValues = {"raised", "assigned", "muted", "cleared"})
        String state,

        String text,
        Instant raised,
        String assignee,
        @Nullable Instant mutedUntil,
        @Nullable Instant cleared,
        @Nullable String clearedBy,
        @Nullable List<Note> notes) {

    /// What somebody said of it.
    @Schema(name = "AlarmNote")
    public record Note(Instant time, String by, String text) {}

    public static AlarmView of(Alarm kept, Instant now) {
        return of(kept, now, null);
    }

    public static AlarmView withNotes(Alarm kept, Instant now, List<AlarmStore.Note> notes) {
        return of(
                kept,
                now,
                notes.stream()
                        .map(note -> new Note(note.time(), note.by(), note.text()))
                        .toList());
    }

    private static AlarmView of(Alarm kept, Instant now, @Nullable List<Note> notes) {
        return new AlarmView(
                kept.id(),
                kept.rule(),
                kept.severity().text(),
                kept.device().map(EndpointId::toString).orElse(null),
                kept.state(now).name().toLowerCase(Locale.ROOT),
                kept.text(),
                kept.raised(),
                kept.assignee(),
                kept.mutedUntil().filter(now::isBefore).orElse(null),
                kept.cleared().orElse(null),
                kept.clearedBy().isEmpty() ? null : kept.clearedBy(),
                notes);
    }
}
