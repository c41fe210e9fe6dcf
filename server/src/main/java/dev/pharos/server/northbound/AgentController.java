// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.controller.UspController;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.northbound.json.AgentDetails;
import dev.pharos.server.northbound.json.AgentSearchResults;
import dev.pharos.server.northbound.json.AgentStatus;
import dev.pharos.server.rest.ApiException;
import dev.pharos.server.rest.Audit;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Agents that are known, which are the devices of the inventory over whatever protocol. See docs/northbound.md.
@RestController
@RequestMapping(NorthboundConfiguration.AGENTS + "/{id}")
@Tag(name = "agents")
@Needs(Right.LOOK)
@Reaches(Reach.DEVICE)
public final class AgentController {
    private final UspController controller;
    private final WaysToAgents ways;
    private final Neighbours neighbours;
    private final Audit audit;

    public AgentController(UspController controller, WaysToAgents ways, Audit audit) {
        this.controller = controller;
        this.ways = ways;
        this.neighbours = new Neighbours(controller.stores());
        this.audit = audit;
    }

    @GetMapping
    @Operation(operationId = "getAgentDetails", summary = "How an Agent is reached, and what it has")
    AgentDetails get(@PathVariable EndpointId id) {
        return ways.details(known(id));
    }

    @Needs(Right.FLEET)
    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "updateAgent", summary = "Change where an Agent is dialled")
    void update(@PathVariable EndpointId id, @RequestBody AgentDetails wanted, Principal user) {
        ways.take(ways.checked(id, wanted, get(id)), user);
    }

    @Needs(Right.FLEET)
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteAgent", summary = "Forget an Agent and end its connections")
    void delete(@PathVariable EndpointId id, Principal user) {
        DeviceRecord gone = known(id);
        audit.record(user.getName(), "forget", gone.id().toString(), "");
        ways.forget(id);
        controller.forget(id);
    }

    @GetMapping("/status")
    @Operation(operationId = "getAgentStatus", summary = "Whether an Agent can be reached")
    AgentStatus status(@PathVariable EndpointId id) {
        DeviceRecord agent = known(id);
        if (agent.transport().isEmpty()) {
            return new AgentStatus("Unknown");
        }
        return new AgentStatus(agent.online() ? "Available" : "Unavailable");
    }

    @GetMapping("/associatedAgents")
    @Operation(operationId = "searchAgents", summary = "Agents of the same home: by the gateway that they name")
    AgentSearchResults associated(@PathVariable EndpointId id) {
        return new AgentSearchResults(
                neighbours.of(known(id)).stream().map(EndpointId::toString).toList());
    }

    private DeviceRecord known(EndpointId id) {
        return controller.device(id).orElseThrow(() -> ApiException.unknownDevice(id.toString()));
    }
}
