// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.ApprovalStore.Approval;
import dev.pharos.server.store.ApprovalStore.Decision;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What waits for a second person, and what became of it.
///
/// @param state `waiting`, `done`, `refused` or `expired`
/// @param what it is, as a sentence
/// @param devices how many it would have changed when it was asked for
/// @param steps what would be done with each, secrets masked
/// @param examples ids of some of them
/// @param own whether whoever reads this is, or stands for, the person who asked, and so cannot approve it
/// @param reason why it was refused
/// @param jobs that do it, where it was approved
@Schema(name = "Approval")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApprovalView(
        long id,
        String state,
        String what,
        long devices,
        List<String> steps,
        List<String> examples,
        String askedBy,
        Instant asked,
        Instant expires,
        boolean own,
        @Nullable String decidedBy,
        @Nullable Instant decided,
        @Nullable String reason,
        @Nullable List<Long> jobs) {

    public static ApprovalView of(Approval approval, boolean own) {
        Decision decision = approval.decision().orElse(null);
        return new ApprovalView(
                approval.id(),
                approval.state().name().toLowerCase(Locale.ROOT),
                approval.asked().what(),
                approval.asked().devices(),
                approval.asked().steps(),
                approval.asked().examples(),
                approval.asked().by(),
                approval.time(),
                approval.expires(),
                own,
                decision == null || decision.by().isEmpty() ? null : decision.by(),
                decision == null ? null : decision.time(),
                decision == null || decision.reason().isEmpty() ? null : decision.reason(),
                decision == null || decision.jobs().isEmpty() ? null : decision.jobs());
    }
}
