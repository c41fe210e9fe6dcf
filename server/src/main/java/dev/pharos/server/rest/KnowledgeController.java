// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.kind.Naming;
import dev.pharos.server.kind.DeviceNames;
import dev.pharos.server.rest.json.StoredSchema;
import dev.pharos.server.rest.json.Subscriptions;
import dev.pharos.server.rest.json.Twin;
import dev.pharos.server.rest.json.UspAnswers;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What the server knows of a device without asking it.
@RestController
@RequestMapping("/api/v1/devices/{id}")
@Tag(name = "devices")
@Needs(Right.LOOK)
@Reaches(Reach.DEVICE)
public final class KnowledgeController {
    private final UspController controller;
    private final DeviceNames names;

    public KnowledgeController(UspController controller, DeviceNames names) {
        this.controller = controller;
        this.names = names;
    }

    @GetMapping("/schema")
    @Operation(operationId = "storedSchema", summary = "The stored supported data model")
    StoredSchema schema(@PathVariable EndpointId id) {
        requireKnown(id);
        return controller
                .supportedModel(id)
                .map(model -> new StoredSchema(UspAnswers.supported(model.supportedObjects())))
                .orElseThrow(() -> new ApiException(
                        404, "Not known yet", "The supported data model of " + id + " has not been learnt yet."));
    }

    /// @param path a prefix; empty for everything
    @GetMapping("/twin")
    @Operation(operationId = "twin", summary = "Last known values, each with its age and source")
    Twin twin(
            @PathVariable EndpointId id,
            @RequestParam(defaultValue = "") String path,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Paging.limit(limit, Limits.DEFAULT_TWIN, Limits.TWIN);
        Naming naming = names.of(
                controller.stores().devices().find(id).orElseThrow(() -> ApiException.unknownDevice(id.toString())));
        return new Twin(controller.stores().twins().list(id, path, most).stream()
                .map(value -> Twin.TwinItem.of(value, naming))
                .toList());
    }

    @GetMapping("/subscriptions")
    @Operation(operationId = "subscriptions", summary = "What the device has, beside what is wanted")
    Subscriptions subscriptions(@PathVariable EndpointId id) {
        requireKnown(id);
        return new Subscriptions(controller.subscriptions(id).stream()
                .map(state -> new Subscriptions.Subscription(
                        state.id(),
                        state.notifType(),
                        state.referenceList(),
                        state.enabled(),
                        state.wanted(),
                        state.present(),
                        state.persistent(),
                        state.path(),
                        state.told(),
                        state.refusal()))
                .toList());
    }

    private void requireKnown(EndpointId id) {
        if (controller.stores().devices().find(id).isEmpty()) {
            throw ApiException.unknownDevice(id.toString());
        }
    }
}
