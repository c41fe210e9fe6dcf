// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.server.rest.json.AddAnswer;
import dev.pharos.server.rest.json.AddBody;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.DeleteAnswer;
import dev.pharos.server.rest.json.DeleteBody;
import dev.pharos.server.rest.json.GetAnswer;
import dev.pharos.server.rest.json.GetBody;
import dev.pharos.server.rest.json.InstancesAnswer;
import dev.pharos.server.rest.json.InstancesBody;
import dev.pharos.server.rest.json.JobBody;
import dev.pharos.server.rest.json.OperateAnswer;
import dev.pharos.server.rest.json.OperateBody;
import dev.pharos.server.rest.json.ProtocolsAnswer;
import dev.pharos.server.rest.json.SchemaAnswer;
import dev.pharos.server.rest.json.SchemaBody;
import dev.pharos.server.rest.json.SetAnswer;
import dev.pharos.server.rest.json.SetBody;
import dev.pharos.server.rest.json.StepText;
import dev.pharos.server.rest.json.UspAnswers;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// One USP request to one device, and its whole answer. `wait` says for how many seconds the answer is waited for.
@RestController
@RequestMapping("/api/v1/devices/{id}/usp")
@Tag(name = "usp")
@Needs(Right.LOOK)
@Reaches(Reach.DEVICE)
public final class UspRequestController {
    private static final String OUR_VERSIONS = "1.0,1.1,1.2,1.3,1.4";

    private final UspController controller;
    private final CwmpRequests cwmp;
    private final FourEyes fourEyes;
    private final Audit audit;

    public UspRequestController(UspController controller, CwmpRequests cwmp, FourEyes fourEyes, Audit audit) {
        this.controller = controller;
        this.cwmp = cwmp;
        this.fourEyes = fourEyes;
        this.audit = audit;
    }

    @PostMapping("/get")
    @Operation(operationId = "uspGet", summary = "Read parameters and objects")
    GetAnswer get(
            @PathVariable EndpointId id,
            @RequestBody GetBody body,
            @RequestParam(required = false) @Nullable Integer wait,
            HttpServletResponse response)
            throws CallException {
        if (cwmp.manages(id)) {
            return cwmp.get(id, body.toRequest(), timeout(wait), response);
        }
        return UspAnswers.of(call(id, body.toRequest(), wait));
    }

    @Needs(Right.CHANGE)
    @PostMapping("/set")
    @Operation(operationId = "uspSet", summary = "Write parameters of existing objects")
    SetAnswer set(
            @PathVariable EndpointId id,
            @RequestBody SetBody body,
            @RequestParam(required = false) @Nullable Integer wait,
            Principal user,
            HttpServletResponse response)
            throws CallException {
        SetRequest request = body.toRequest();
        Delicate.check(ChangedPaths.of(request));
        record(
                user,
                "set",
                id,
                request.updateObjects().stream()
                        .map(object -> object.objPath() + " " + settings(object.paramSettings()))
                        .collect(Collectors.joining("; ")));
        if (cwmp.manages(id)) {
            return cwmp.changes().set(id, request, timeout(wait), response);
        }
        return UspAnswers.of(call(id, request, wait));
    }

    @Needs(Right.CHANGE)
    @PostMapping("/add")
    @Operation(operationId = "uspAdd", summary = "Create rows of tables")
    AddAnswer add(
            @PathVariable EndpointId id,
            @RequestBody AddBody body,
            @RequestParam(required = false) @Nullable Integer wait,
            Principal user,
            HttpServletResponse response)
            throws CallException {
        AddRequest request = body.toRequest();
        Delicate.check(ChangedPaths.of(request));
        record(
                user,
                "add",
                id,
                request.createObjects().stream()
                        .map(object -> object.objPath() + " " + settings(object.paramSettings()))
                        .collect(Collectors.joining("; ")));
        if (cwmp.manages(id)) {
            return cwmp.changes().add(id, request, timeout(wait), response);
        }
        return UspAnswers.of(call(id, request, wait));
    }

    @Needs(Right.CHANGE)
    @PostMapping("/delete")
    @Operation(operationId = "uspDelete", summary = "Remove rows of tables")
    DeleteAnswer delete(
            @PathVariable EndpointId id,
            @RequestBody DeleteBody body,
            @RequestParam(required = false) @Nullable Integer wait,
            Principal user,
            HttpServletResponse response)
            throws CallException {
        DeleteRequest request = body.toRequest();
        Delicate.check(ChangedPaths.of(request));
        record(user, "delete", id, String.join("; ", request.objPaths()));
        if (cwmp.manages(id)) {
            return cwmp.changes().delete(id, request, timeout(wait), response);
        }
        return UspAnswers.of(call(id, request, wait));
    }

    @Needs(Right.CHANGE)
    @PostMapping("/operate")
    @Operation(operationId = "uspOperate", summary = "Run a command")
    OperateAnswer operate(
            @PathVariable EndpointId id,
            @RequestBody OperateBody body,
            @RequestParam(required = false) @Nullable Integer wait,
            Principal user,
            HttpServletResponse response)
            throws CallException {
        OperateRequest request = body.toRequest();
        Delicate.check(ChangedPaths.of(request));
        if (Delicate.forgetsAll(request.command())) {
            requireKnown(id);
            fourEyes.check(
                    user,
                    new FourEyes.Change(
                            new HeldWork.MadeJob(JobBody.of(id.toString(), body)),
                            request.command() + " of " + id,
                            1,
                            List.of(StepText.of(request)),
                            List.of(id.toString()),
                            true));
        }
        record(user, "operate", id, request.command() + " " + Secrets.masked(request.inputArgs()));
        if (cwmp.manages(id)) {
            return cwmp.changes().operate(id, request, timeout(wait), response);
        }
        return UspAnswers.of(call(id, request, wait));
    }

    @PostMapping("/instances")
    @Operation(operationId = "uspInstances", summary = "Which rows tables have")
    InstancesAnswer instances(
            @PathVariable EndpointId id,
            @RequestBody InstancesBody body,
            @RequestParam(required = false) @Nullable Integer wait)
            throws CallException {
        return UspAnswers.of(call(id, body.toRequest(), wait));
    }

    @PostMapping("/schema")
    @Operation(operationId = "uspSchema", summary = "What the device supports, asked of the device")
    SchemaAnswer schema(
            @PathVariable EndpointId id,
            @RequestBody SchemaBody body,
            @RequestParam(required = false) @Nullable Integer wait)
            throws CallException {
        return UspAnswers.of(call(id, body.toRequest(), wait));
    }

    @PostMapping("/protocols")
    @Operation(operationId = "uspProtocols", summary = "Which protocol versions the device speaks")
    ProtocolsAnswer protocols(@PathVariable EndpointId id, @RequestParam(required = false) @Nullable Integer wait)
            throws CallException {
        return UspAnswers.of(call(id, new GetSupportedProtocolRequest(OUR_VERSIONS), wait));
    }

    private <R extends Response> R call(EndpointId id, Request<R> request, @Nullable Integer wait)
            throws CallException {
        Duration timeout = timeout(wait);
        if (cwmp.manages(id)) {
            throw CwmpRequests.onlyOverUsp(id);
        }
        try {
            return controller.call(id, request, timeout);
        } catch (CallException failed) {
            requireKnown(id);
            throw failed;
        }
    }

    private static Duration timeout(@Nullable Integer wait) {
        Duration timeout = wait == null ? Limits.DEFAULT_WAIT : Duration.ofSeconds(wait);
        if (!timeout.isPositive() || timeout.compareTo(Limits.LONGEST_WAIT) > 0) {
            throw new BadRequestException("wait", "must be 1 to " + Limits.LONGEST_WAIT.toSeconds() + " seconds");
        }
        return timeout;
    }

    private void record(Principal user, String action, EndpointId id, String detail) {
        requireKnown(id);
        audit.record(user, action, id.toString(), detail);
    }

    private void requireKnown(EndpointId id) {
        if (controller.stores().devices().find(id).isEmpty()) {
            throw ApiException.unknownDevice(id.toString());
        }
    }

    private static String settings(List<ParameterSetting> settings) {
        return settings.stream()
                .map(setting -> setting.param() + "=" + Secrets.masked(setting.param(), setting.value()))
                .collect(Collectors.joining(", "));
    }
}
