// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.TimelineStore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of what happened with a device, newest first.
///
/// @param kinds of which whoever asks may see entries; `edit` is for who may read the audit log
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Timeline(
        List<Entry> items,
        List<String> kinds,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"string", "null"})
        @Nullable
        String nextCursor) {

    /// One thing that happened.
    ///
    /// @param id tells it from all others of the device, and stays when a job or a diagnostic goes on
    /// @param time when; of a job when it last went on with the device, of a diagnostic when it began
    /// @param title the kind of event, the name of the job, what a person did, or the kind of diagnostic
    /// @param text one sentence for people, or what the audit log has; may be empty
    /// @param state of a job's device or a diagnostic; left out elsewhere
    /// @param by who did or wanted it; left out where that is nobody
    /// @param path of the data model, with the event or command; left out where there is none
    /// @param number of the alarm, job or diagnostic; left out elsewhere
    /// @param step how many steps of the job are done; left out elsewhere
    @Schema(name = "TimelineEntry")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String id,
            Instant time,

            @Schema(allowableValues = {"event", "firmware", "alarm", "job", "edit", "diagnostic"})
            String kind,

            String title,
            String text,
            @Nullable String state,
            @Nullable String by,
            @Nullable String path,
            @Nullable Long number,
            @Nullable Integer step) {

        public static Entry of(TimelineStore.Entry entry) {
            return new Entry(
                    entry.id(),
                    entry.time(),
                    entry.kind().text(),
                    entry.title(),
                    entry.text(),
                    orNull(entry.state()),
                    orNull(entry.by()),
                    orNull(entry.path()),
                    entry.number().isPresent() ? entry.number().getAsLong() : null,
                    entry.step().isPresent() ? entry.step().getAsInt() : null);
        }

        private static @Nullable String orNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }
}
