// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.peer.CallException;
import dev.pharos.server.rest.json.AddAnswer;
import dev.pharos.server.rest.json.AddBody;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.DeleteAnswer;
import dev.pharos.server.rest.json.DeleteBody;
import dev.pharos.server.rest.json.GetAnswer;
import dev.pharos.server.rest.json.GetBody;
import dev.pharos.server.rest.json.InstancesAnswer;
import dev.pharos.server.rest.json.InstancesBody;
import dev.pharos.server.rest.json.OperateAnswer;
import dev.pharos.server.rest.json.OperateBody;
import dev.pharos.server.rest.json.ProtocolsAnswer;
import dev.pharos.server.rest.json.SchemaAnswer;
import dev.pharos.server.rest.json.SchemaBody;
import dev.pharos.server.rest.json.SetAnswer;
import dev.pharos.server.rest.json.SetBody;
import dev.pharos.server.rest.json.UspAnswers;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
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

    private final UspRequests requests;

    public UspRequestController(UspRequests requests) {
        this.requests = requests;
    }

    @PostMapping("/get")
    @Operation(operationId = "uspGet", summary = "Read parameters and objects")
    GetAnswer get(
            @PathVariable EndpointId id,
            @RequestBody GetBody body,
            @RequestParam(required = false) @Nullable Integer wait,
            HttpServletResponse response)
            throws CallException {
        return requests.get(id, body.toRequest(), timeout(wait), response);
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
        return requests.set(user, id, body.toRequest(), timeout(wait), response);
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
        return requests.add(user, id, body.toRequest(), timeout(wait), response);
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
        return requests.delete(user, id, body.toRequest(), timeout(wait), response);
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
        return requests.operate(user, id, body, timeout(wait), response);
    }

    @PostMapping("/instances")
    @Operation(operationId = "uspInstances", summary = "Which rows tables have")
    InstancesAnswer instances(
            @PathVariable EndpointId id,
            @RequestBody InstancesBody body,
            @RequestParam(required = false) @Nullable Integer wait)
            throws CallException {
        return UspAnswers.of(requests.overUsp(id, body.toRequest(), timeout(wait)));
    }

    @PostMapping("/schema")
    @Operation(operationId = "uspSchema", summary = "What the device supports, asked of the device")
    SchemaAnswer schema(
            @PathVariable EndpointId id,
            @RequestBody SchemaBody body,
            @RequestParam(required = false) @Nullable Integer wait)
            throws CallException {
        return UspAnswers.of(requests.overUsp(id, body.toRequest(), timeout(wait)));
    }

    @PostMapping("/protocols")
    @Operation(operationId = "uspProtocols", summary = "Which protocol versions the device speaks")
    ProtocolsAnswer protocols(@PathVariable EndpointId id, @RequestParam(required = false) @Nullable Integer wait)
            throws CallException {
        return UspAnswers.of(requests.overUsp(id, new GetSupportedProtocolRequest(OUR_VERSIONS), timeout(wait)));
    }

    private static Duration timeout(@Nullable Integer wait) {
        Duration timeout = wait == null ? Limits.DEFAULT_WAIT : Duration.ofSeconds(wait);
        if (!timeout.isPositive() || timeout.compareTo(Limits.LONGEST_WAIT) > 0) {
            throw new BadRequestException("wait", "must be 1 to " + Limits.LONGEST_WAIT.toSeconds() + " seconds");
        }
        return timeout;
    }
}
