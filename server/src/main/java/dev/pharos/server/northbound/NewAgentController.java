// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.controller.UspController;
import dev.pharos.server.northbound.json.AgentDetails;
import dev.pharos.server.northbound.json.CreateAgentDetails;
import dev.pharos.server.rest.ApiException;
import dev.pharos.server.rest.Audit;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Agents that are not known yet. Whoever is limited to some devices makes no new ones.
@RestController
@RequestMapping(NorthboundConfiguration.AGENTS)
@Tag(name = "agents")
@Needs(Right.FLEET)
public final class NewAgentController {
    private final UspController controller;
    private final WaysToAgents ways;
    private final Audit audit;

    public NewAgentController(UspController controller, WaysToAgents ways, Audit audit) {
        this.controller = controller;
        this.ways = ways;
        this.audit = audit;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createAgent",
            summary = "Expect an Agent, which is let in when it comes; or dial it where it listens")
    void create(@RequestBody CreateAgentDetails body, Principal user, HttpServletResponse response) {
        EndpointId id = body.checkedId();
        if (controller.device(id).isPresent()) {
            throw new ApiException(400, "There already", id + " is known already; a PUT changes where it is dialled.");
        }
        WaysToAgents.Change change = ways.checked(id, body.details(), AgentDetails.NONE);
        audit.record(user.getName(), "expect", id.toString(), "");
        controller.expect(id, true);
        ways.take(change, user);
        response.setHeader("Location", NorthboundConfiguration.address(id));
    }
}
