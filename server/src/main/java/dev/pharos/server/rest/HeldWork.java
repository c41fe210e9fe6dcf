// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rest.json.JobBody;
import dev.pharos.server.rest.json.UndoBody;
import dev.pharos.server.store.ApprovalStore.Asked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What waits for a second person, with all that it takes to do it then. It is kept as JSON.
sealed interface HeldWork {
    JsonMapper JSON = JsonMapper.builder().build();

    /// A job, as it would be made now.
    record MadeJob(JobBody body) implements HeldWork {}

    /// @param text of the profiles, JSON or YAML
    /// @param perMinute devices that begin within any minute, at most; null for no bound
    /// @param concurrency devices at work at once; null for what is usual
    record AppliedProfiles(
            String text,
            @Nullable Integer perMinute,
            @Nullable Integer concurrency) implements HeldWork {}

    /// Paced as [AppliedProfiles].
    record UndoneProfile(
            UndoBody body,
            @Nullable Integer perMinute,
            @Nullable Integer concurrency) implements HeldWork {}

    /// By which it is known what it is kept as.
    default String kind() {
        return switch (this) {
            case MadeJob _ -> "job";
            case AppliedProfiles _ -> "profiles";
            case UndoneProfile _ -> "undo";
        };
    }

    /// As which it is kept.
    default String kept() {
        return JSON.writeValueAsString(this);
    }

    static HeldWork of(Asked asked) {
        return switch (asked.kind()) {
            case "job" -> JSON.readValue(asked.work(), MadeJob.class);
            case "profiles" -> JSON.readValue(asked.work(), AppliedProfiles.class);
            case "undo" -> JSON.readValue(asked.work(), UndoneProfile.class);
            default -> throw new IllegalStateException("a kind of work that is not ours: " + asked.kind());
        };
    }
}
