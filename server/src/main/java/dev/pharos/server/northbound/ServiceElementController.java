// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.controller.peer.CallException;
import dev.pharos.server.northbound.json.CreateServiceElementDetail;
import dev.pharos.server.northbound.json.ServiceElementDetail;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Objects of an Agent and rows of its tables, read and changed. See docs/northbound.md.
@RestController
@RequestMapping(NorthboundConfiguration.AGENTS + "/{id}/serviceElements")
@Tag(name = "agents")
@Needs(Right.CHANGE)
@Reaches(Reach.DEVICE)
public final class ServiceElementController {
    private static final String IDENTIFIER =
            "Which instance is meant is said by a ServiceElementIdentifier in the body, or by the query, a key each.";

    private final Elements elements;
    private final Identifiers identifiers;

    public ServiceElementController(Elements elements, Identifiers identifiers) {
        this.elements = elements;
        this.identifiers = identifiers;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createAgentServiceElement", summary = "Create an instance of a Service Element")
    void create(
            @PathVariable EndpointId id,
            @RequestBody CreateServiceElementDetail body,
            Principal user,
            HttpServletResponse response)
            throws CallException {
        ElementName table = ElementName.of("name", body.name() == null ? "" : body.name());
        String row = elements.add(user, id, table, body.values(), response);
        response.setHeader("Location", NorthboundConfiguration.address(id) + "/serviceElements/" + row);
    }

    @Needs(Right.LOOK)
    @GetMapping("/{name}")
    @Operation(
            operationId = "getAgentServiceElement",
            summary = "One instance of a Service Element",
            description = IDENTIFIER)
    ServiceElementDetail get(
            @PathVariable EndpointId id,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws CallException, IOException {
        return elements.get(id, ElementName.of("name", name), identifiers.read(request), response);
    }

    @PatchMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "updateAgentServiceElements", summary = "Change an instance of a Service Element")
    void update(
            @PathVariable EndpointId id,
            @PathVariable String name,
            @RequestBody ServiceElementDetail body,
            Principal user,
            HttpServletResponse response)
            throws CallException {
        elements.set(user, id, ElementName.of("name", name), body, response);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteAgentServiceElement",
            summary = "Remove an instance of a Service Element",
            description = IDENTIFIER)
    void delete(
            @PathVariable EndpointId id,
            @PathVariable String name,
            HttpServletRequest request,
            Principal user,
            HttpServletResponse response)
            throws CallException, IOException {
        elements.delete(user, id, ElementName.of("name", name), identifiers.read(request), response);
    }
}
