// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.migration.CannotMoveException;
import dev.pharos.controller.migration.Eligibility;
import dev.pharos.controller.migration.Limits;
import dev.pharos.controller.migration.Migration;
import dev.pharos.controller.migration.MigrationPlan;
import dev.pharos.controller.migration.MigrationRunner;
import dev.pharos.controller.store.DevicePage;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.rate.Heavy;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.MigrationBody;
import dev.pharos.server.rest.json.MigrationCandidates;
import dev.pharos.server.rest.json.MigrationCandidates.Candidate;
import dev.pharos.server.rest.json.MigrationCounts;
import dev.pharos.server.rest.json.MigrationView;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Devices that move from TR-069 to USP.
@RestController
@Tag(name = "devices")
@Needs(Right.FLEET)
@Reaches(Reach.DEVICE)
public final class MigrationController {
    private static final String PATH = "/api/v1/devices/{id}/migration";
    private static final List<String> MOVES = List.of("Device.LocalAgent.", "Device.ManagementServer.");

    private final UspController controller;
    private final MigrationRunner migrations;
    private final Eligibility eligibility;
    private final DeviceQueries queries;
    private final Audit audit;

    public MigrationController(
            UspController controller,
            MigrationRunner migrations,
            Eligibility eligibility,
            DeviceQueries queries,
            Audit audit) {
        this.controller = controller;
        this.migrations = migrations;
        this.eligibility = eligibility;
        this.queries = queries;
        this.audit = audit;
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.SEEN)
    @GetMapping("/api/v1/migrations")
    @Operation(operationId = "countMigrations", summary = "How many devices are how far on their way to USP")
    MigrationCounts counts() {
        return MigrationCounts.of(migrations.store().counts());
    }

    /// @param q a query, see docs/query.md
    /// @param to `ws`, `mqtt` or `stomp`
    @Needs(Right.LOOK)
    @Reaches(Reach.SEEN)
    @Heavy
    @GetMapping("/api/v1/migrations/candidates")
    @Operation(
            operationId = "migrationCandidates",
            summary = "Which devices can be moved from TR-069 to USP, and why the others cannot")
    MigrationCandidates candidates(
            @RequestParam(defaultValue = "transport = cwmp") String q,
            @RequestParam(defaultValue = "ws") String to,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(defaultValue = "") String cursor) {
        Crossing crossing = new MigrationBody(to, null, null, null).checked(Limits.LONGEST_SETTLE);
        DeviceQuery query = new DeviceQuery(
                queries.read("q", q),
                DeviceQuery.Sort.ID,
                false,
                Paging.limit(limit, dev.pharos.server.rest.Limits.DEFAULT_PAGE, dev.pharos.server.rest.Limits.PAGE),
                cursor);
        try {
            DevicePage page = controller.stores().devices().list(query);
            return new MigrationCandidates(
                    page.items().stream()
                            .map(device -> candidate(device, crossing))
                            .toList(),
                    page.nextCursor().orElse(null),
                    page.total());
        } catch (IllegalArgumentException notOurs) {
            throw new BadRequestException("cursor", "must be the nextCursor of the page before");
        }
    }

    private Candidate candidate(DeviceRecord device, Crossing crossing) {
        String id = device.id().toString();
        Optional<Migration> way = migrations
                .store()
                .find(device.id())
                .filter(each -> !each.state().isEnd());
        if (way.isPresent()) {
            Migration.Step last = way.get().last();
            return new Candidate(id, "moving", "It is " + last.state().text() + ": " + last.text() + ".");
        }
        if (device.approved()
                && !eligibility.office().isManaged(device.id())
                && !device.transport().isEmpty()) {
            return new Candidate(id, "moved", "It is managed over USP.");
        }
        try {
            MigrationPlan plan = eligibility.plan(device, crossing, "", OptionalLong.empty());
            return new Candidate(id, "able", "It can be moved to " + plan.door() + ".");
        } catch (CannotMoveException cannot) {
            return new Candidate(id, "unable", "It cannot be moved: " + cannot.reason() + ".");
        }
    }

    @Needs(Right.LOOK)
    @GetMapping(PATH)
    @Operation(operationId = "getMigration", summary = "How far a device is on its way from TR-069 to USP")
    MigrationView get(@PathVariable EndpointId id) {
        return migrations.store().find(id).map(MigrationView::of).orElseGet(() -> neverAsked(id));
    }

    private MigrationView neverAsked(EndpointId id) {
        return controller
                .device(id)
                .map(known -> MigrationView.none(id))
                .orElseThrow(() -> ApiException.unknownDevice(id.toString()));
    }

    @PostMapping(PATH)
    @Operation(operationId = "migrate", summary = "Move a device from TR-069 to USP")
    MigrationView begin(
            @PathVariable EndpointId id, @RequestBody(required = false) @Nullable MigrationBody body, Principal user) {
        MigrationBody wanted = body == null ? new MigrationBody(null, null, null, null) : body;
        DeviceRecord device = controller.device(id).orElseThrow(() -> ApiException.unknownDevice(id.toString()));
        Delicate.check(MOVES);
        MigrationPlan plan = plan(device, wanted.checked(Limits.LONGEST_SETTLE), user);
        if (migrations.isFull()) {
            throw new ApiException(429, "Too many", Limits.OPEN + " devices are on their way already; wait for some.");
        }
        audit.record(user, "migrate", id.toString(), plan.door().toString());
        return MigrationView.of(migrations.begin(id, plan).orElseThrow(() -> already(id)));
    }

    private MigrationPlan plan(DeviceRecord device, Crossing crossing, Principal user) {
        try {
            return eligibility.plan(device, crossing, user.getName(), OptionalLong.empty());
        } catch (CannotMoveException cannot) {
            throw new ApiException(422, "Cannot be moved", "It cannot be moved to USP: " + cannot.reason() + ".");
        }
    }

    private ApiException already(EndpointId id) {
        String state =
                migrations.store().find(id).map(found -> found.state().text()).orElse("gone");
        return new ApiException(
                422, "Moved already", id + " is " + state + ": it was asked to move already, and can be called back.");
    }

    @DeleteMapping(PATH)
    @Operation(operationId = "undoMigration", summary = "Bring a device back to TR-069, wherever it is on its way")
    MigrationView back(@PathVariable EndpointId id, Principal user) {
        Delicate.check(MOVES);
        Migration before = migrations
                .store()
                .find(id)
                .orElseThrow(() -> new ApiException(404, "Not moved", id + " has not been asked to move."));
        audit.record(user, "migrate back", id.toString(), before.state().text());
        Migration back = migrations
                .back(id, user.getName())
                .orElseThrow(() -> new ApiException(
                        422, "Nothing to undo", id + " is " + get(id).state() + ": there is nothing to undo."));
        return MigrationView.of(back);
    }
}
