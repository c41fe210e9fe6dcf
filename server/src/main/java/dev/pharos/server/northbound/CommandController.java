// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.controller.UspController;
import dev.pharos.controller.peer.CallException;
import dev.pharos.server.northbound.json.ActionResults;
import dev.pharos.server.northbound.json.AsyncActionResults;
import dev.pharos.server.northbound.json.ServiceElementAction;
import dev.pharos.server.rest.ApiException;
import dev.pharos.server.rest.UspRequests;
import dev.pharos.server.rest.json.OperateAnswer;
import dev.pharos.server.rest.json.OperateBody;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.CommandEnds.End;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.security.Principal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Commands of an Agent, and how those ended that went on. The API has 201 for what goes on and 202 for what is done,
/// and so have we.
@RestController
@RequestMapping(NorthboundConfiguration.AGENTS + "/{id}/commands")
@Tag(name = "agents")
@Reaches(Reach.DEVICE)
public final class CommandController {
    private final UspController controller;
    private final UspRequests requests;
    private final AsyncRequests going;

    public CommandController(UspController controller, UspRequests requests, AsyncRequests going) {
        this.controller = controller;
        // nobody could be told of what is done later
        this.requests = requests.nowOnly();
        this.going = going;
    }

    @Needs(Right.CHANGE)
    @PostMapping
    @Operation(operationId = "executeAgentServiceElementAction", summary = "Run a command")
    @ApiResponse(
            responseCode = "201",
            description = "it goes on, and its end is asked for by its id",
            content = @Content(schema = @Schema(implementation = AsyncActionResults.class)))
    @ApiResponse(
            responseCode = "202",
            description = "it is done",
            content = @Content(schema = @Schema(implementation = ActionResults.class)))
    ResponseEntity<Record> run(
            @PathVariable EndpointId id,
            @RequestBody ServiceElementAction action,
            Principal user,
            HttpServletResponse response)
            throws CallException {
        String command = ElementName.command("name", action.name() == null ? "" : action.name());
        Map<String, @Nullable String> arguments = new TreeMap<>(action.arguments());
        String key = going.next(id);
        OperateAnswer.OperationResult result = Outcomes.operated(
                requests.operate(user, id, new OperateBody(command, key, true, arguments), Limits.WAIT, response));
        OperateAnswer.@Nullable OutputArgs output = result.reqOutputArgs();
        return output == null
                ? ResponseEntity.created(URI.create(NorthboundConfiguration.address(id) + "/commands/" + key))
                        .body(new AsyncActionResults(key))
                : ResponseEntity.accepted().body(ActionResults.of(output.outputArgs()));
    }

    @Needs(Right.LOOK)
    @GetMapping("/{asyncRequestID}")
    @Operation(operationId = "getAgentServiceElementActionResults", summary = "How a command ended")
    @ApiResponse(
            responseCode = "200",
            description = "it has ended well",
            content = @Content(schema = @Schema(implementation = ActionResults.class)))
    @ApiResponse(
            responseCode = "202",
            description = "it has not ended yet, which the API has no answer for: ask again",
            content = @Content(schema = @Schema(implementation = ActionResults.class)))
    ResponseEntity<ActionResults> results(@PathVariable EndpointId id, @PathVariable String asyncRequestID) {
        if (controller.device(id).isEmpty()) {
            throw ApiException.unknownDevice(id.toString());
        }
        return switch (going.state(id, asyncRequestID)) {
            case AsyncRequests.State.Unknown() ->
                throw new ApiException(
                        400,
                        "Unknown request",
                        id + " was asked for no command by this asyncRequestID, or more than "
                                + Limits.RESULTS_KEPT.toDays() + " days ago.");
            case AsyncRequests.State.Running() ->
                ResponseEntity.accepted()
                        .header("Retry-After", Long.toString(Limits.ASK_AGAIN.toSeconds()))
                        .body(ActionResults.of(Map.of()));
            case AsyncRequests.State.Ended(End end)
            when !end.isSuccess() ->
                throw new ApiException(400, "The command failed", "The device says: " + end.outcome() + ".");
            case AsyncRequests.State.Ended(End end) -> {
                Map<String, String> output = new TreeMap<>(end.arguments());
                output.remove("commandKey");
                yield ResponseEntity.ok(ActionResults.of(output));
            }
        };
    }
}
