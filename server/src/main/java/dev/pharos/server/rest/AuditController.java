// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rest.json.AuditPage;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.AuditStore.Sealed;
import dev.pharos.server.store.AuditStore.Search;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Who did what: see docs/audit.md.
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "administration")
@Needs(Right.AUDIT)
public final class AuditController {
    private final Audit audit;

    public AuditController(Audit audit) {
        this.audit = audit;
    }

    /// @param order `newest` or `oldest` first
    /// @param user by whom
    /// @param device on which device
    /// @param action how the action begins
    /// @param text anywhere in the detail, such as the path of a parameter
    /// @param since not before this time
    /// @param until before this time
    @GetMapping
    @Operation(operationId = "audit", summary = "Who did what, each entry sealed with the hash of those before it")
    AuditPage audit(
            @RequestParam(defaultValue = "newest") String order,
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "") String device,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String since,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(defaultValue = "") String cursor) {
        Search search = new Search(user, device, action, text, time("since", since), time("until", until));
        int most = Paging.limit(limit, Limits.DEFAULT_PAGE, Limits.PAGE);
        List<Sealed> found = switch (order) {
            case "newest" -> audit.newest(search, Paging.before(cursor), most + 1);
            case "oldest" -> audit.oldest(search, cursor.isEmpty() ? 0 : Paging.before(cursor), most + 1);
            default -> throw new BadRequestException("order", "must be newest or oldest");
        };
        List<Sealed> shown = found.subList(0, Math.min(most, found.size()));
        return new AuditPage(
                shown.stream().map(AuditPage.AuditEntry::of).toList(),
                found.size() > most ? Long.toString(shown.getLast().seq()) : null);
    }

    private static Optional<Instant> time(String field, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException wrong) {
            throw new BadRequestException(field, "must be a time with its zone, such as 2026-01-31T01:00:00Z");
        }
    }
}
