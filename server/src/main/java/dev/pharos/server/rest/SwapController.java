// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.job.JobProgress;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.swap.SwapPlan;
import dev.pharos.controller.swap.SwapPlan.Writing;
import dev.pharos.server.rate.Heavy;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.JobView;
import dev.pharos.server.rest.json.SwapBody;
import dev.pharos.server.rest.json.SwapUndoBody;
import dev.pharos.server.rest.json.SwapView;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.swap.SwapDesk;
import dev.pharos.server.swap.SwapDesk.Planned;
import dev.pharos.server.swap.SwapRefusedException;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// One router in the place of another, see docs/router-swap.md. Whoever may change a device may do it; what operators
/// have noted of the two goes over where whoever asks may manage the fleet too.
@RestController
@RequestMapping("/api/v1/devices/{id}")
@Tag(name = "devices")
@Needs(Right.CHANGE)
@Reaches(Reach.DEVICE)
public final class SwapController {
    private final UspController controller;
    private final SwapDesk desk;
    private final Audit audit;

    public SwapController(UspController controller, SwapDesk desk, Audit audit) {
        this.controller = controller;
        this.desk = desk;
        this.audit = audit;
    }

    /// @param id of the new router
    /// @param from the id of the old one, which may be away
    @Heavy
    @PostMapping("/swap-plan")
    @Operation(
            operationId = "planSwap",
            summary = "What a router would get of the one whose place it takes; asks neither and does nothing")
    SwapView plan(
            @PathVariable EndpointId id,
            @RequestParam(defaultValue = "") String from,
            @RequestBody(required = false) @Nullable SwapBody body) {
        return refusing(() -> SwapView.of(planned(id, from, body)));
    }

    /// @param id of the new router
    /// @param from the id of the old one, which may be away
    @PostMapping("/swap")
    @Operation(
            operationId = "swap",
            summary = "Have a router take the place of another: a job sets on it what was personal on the other")
    SwapView swap(
            @PathVariable EndpointId id,
            @RequestParam(defaultValue = "") String from,
            @RequestBody(required = false) @Nullable SwapBody body,
            Principal user) {
        return refusing(() -> {
            Planned planned = planned(id, from, body);
            audit.record(
                    user,
                    "replace router",
                    id.toString(),
                    "in place of " + planned.old().id() + ": sets "
                            + planned.plan().lines().stream()
                                    .filter(line -> line.action() == SwapPlan.Action.SET)
                                    .map(SwapPlan.Line::id)
                                    .collect(Collectors.joining(", ")));
            return SwapView.of(desk.begin(planned, mayRecord(), user.getName()));
        });
    }

    @PostMapping("/swap-undo")
    @Operation(
            operationId = "undoSwap",
            summary = "Put back what a router had before it took the place of another, where it is still as it was set")
    JobView undo(@PathVariable EndpointId id, @RequestBody SwapUndoBody body, Principal user) {
        long job = body.checked();
        device(id.toString());
        return refusing(() -> {
            Delicate.check(desk.concerned(id, job));
            audit.record(user, "undo replacing router", id.toString(), "job " + job);
            return JobView.of(desk.undo(id, job, mayRecord(), user.getName()), JobProgress.NONE);
        });
    }

    private Planned planned(EndpointId id, String from, @Nullable SwapBody body) throws SwapRefusedException {
        DeviceRecord now = device(id.toString());
        return desk.plan(old(from), now, (body == null ? SwapBody.NONE : body).checked(), SwapController::forbidden);
    }

    private DeviceRecord old(String from) {
        if (from.isEmpty()) {
            throw new BadRequestException("from", "must be the id of the router that goes");
        }
        return device(from);
    }

    /// One that is out of scope is unknown.
    private DeviceRecord device(String id) {
        try {
            return controller
                    .stores()
                    .devices()
                    .find(EndpointId.parse(id))
                    .orElseThrow(() -> ApiException.unknownDevice(id));
        } catch (MalformedInputException none) {
            throw ApiException.unknownDevice(id);
        }
    }

    /// Why whoever asks may not write this.
    private static Optional<String> forbidden(Writing writing) {
        try {
            Delicate.check(writing.paths());
            return Optional.empty();
        } catch (ApiException refused) {
            return Optional.of("you may not change it: " + refused.problem().detail());
        }
    }

    private static boolean mayRecord() {
        return Access.current().filter(access -> access.may(Right.FLEET)).isPresent();
    }

    @FunctionalInterface
    private interface Refusable<T> {
        T get() throws SwapRefusedException;
    }

    private static <T> T refusing(Refusable<T> work) {
        try {
            return work.get();
        } catch (SwapRefusedException refused) {
            throw new ApiException(refused.status(), "Not done", refused.reason());
        }
    }
}
