// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.diagnostics.CannotMeasureException;
import dev.pharos.server.diagnostics.Diagnostics;
import dev.pharos.server.diagnostics.Diagnostics.BusyException;
import dev.pharos.server.diagnostics.Diagnostics.Question;
import dev.pharos.server.diagnostics.Limits;
import dev.pharos.server.rest.json.Diagnostic;
import dev.pharos.server.rest.json.DiagnosticBody;
import dev.pharos.server.rest.json.DiagnosticList;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.DiagnosticStore.StoredDiagnostic;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Diagnostics of one device, see docs/diagnostics.md.
@RestController
@RequestMapping("/api/v1/devices/{id}/diagnostics")
@Tag(name = "diagnostics")
@Needs(Right.CHANGE)
@Reaches(Reach.DEVICE)
public final class DiagnosticController {
    private static final int USUAL = 20;

    private final UspController controller;
    private final CwmpRequests cwmp;
    private final Diagnostics diagnostics;
    private final Audit audit;

    public DiagnosticController(UspController controller, CwmpRequests cwmp, Diagnostics diagnostics, Audit audit) {
        this.controller = controller;
        this.cwmp = cwmp;
        this.diagnostics = diagnostics;
        this.audit = audit;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "diagnose", summary = "Have a device measure the network; the result is there later")
    Diagnostic begin(@PathVariable EndpointId id, @RequestBody DiagnosticBody body, Principal user)
            throws CallException {
        DeviceRecord device = known(id);
        Question question = body.toQuestion();
        Delicate.check(List.of(question.kind().command()));
        if (!device.onboarded() && !cwmp.manages(id)) {
            throw new ApiException(
                    409, "Not onboarded", "The device is not onboarded yet, and would not tell us what it finds.");
        }
        audit.record(user, "diagnose", id.toString(), Diagnostics.words(question));
        try {
            return shown(diagnostics.begin(id, question, user.getName()));
        } catch (BusyException busy) {
            throw new ApiException(429, "Too many", busy.getMessage() + "; wait for some, or cancel them.");
        } catch (CannotMeasureException cannot) {
            throw new ApiException(409, "Not over TR-069", String.valueOf(cannot.getMessage()));
        }
    }

    @Needs(Right.LOOK)
    @GetMapping
    @Operation(operationId = "listDiagnostics", summary = "Diagnostics of a device, the newest first")
    DiagnosticList list(@PathVariable EndpointId id, @RequestParam(required = false) @Nullable Integer limit) {
        DeviceRecord _ = known(id);
        int most = Paging.limit(limit, USUAL, Limits.KEPT);
        return new DiagnosticList(
                diagnostics.store().newest(id, most).stream().map(this::shown).toList());
    }

    @Needs(Right.LOOK)
    @GetMapping("/{run}")
    @Operation(operationId = "getDiagnostic", summary = "One diagnostic, with what the device found")
    Diagnostic get(@PathVariable EndpointId id, @PathVariable long run) {
        return shown(known(id, run));
    }

    @DeleteMapping("/{run}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "cancelDiagnostic", summary = "Have the device stop; that it did is told as its end")
    Diagnostic cancel(@PathVariable EndpointId id, @PathVariable long run, Principal user) throws CallException {
        StoredDiagnostic known = known(id, run);
        audit.record(user, "cancel diagnostic", id.toString(), known.kind() + " " + run);
        return diagnostics
                .cancel(known)
                .map(this::shown)
                .orElseThrow(() -> new ApiException(
                        409,
                        "Not to be cancelled",
                        "It is " + known.state().text() + ", and the device has nothing by which it could be ended."));
    }

    private Diagnostic shown(StoredDiagnostic run) {
        return Diagnostic.of(run, diagnostics.awaitedSession(run));
    }

    private DeviceRecord known(EndpointId id) {
        return controller.device(id).orElseThrow(() -> ApiException.unknownDevice(id.toString()));
    }

    private StoredDiagnostic known(EndpointId id, long run) {
        DeviceRecord _ = known(id);
        return diagnostics
                .store()
                .find(id, run)
                .orElseThrow(() ->
                        new ApiException(404, "Unknown diagnostic", id + " has no diagnostic " + run + " any more."));
    }
}
