// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.Device;
import dev.pharos.server.rest.json.DevicePage;
import dev.pharos.server.rest.json.DevicePatch;
import dev.pharos.server.rest.json.Facets;
import dev.pharos.server.rest.json.KnownValues;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.TwinTable;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The inventory.
@RestController
@RequestMapping("/api/v1/devices")
@Tag(name = "devices")
@Needs(Right.LOOK)
@Reaches(Reach.DEVICE)
public final class DeviceController {
    private final UspController controller;
    private final DeviceQueries queries;
    private final TwinTable twins;
    private final Audit audit;

    public DeviceController(UspController controller, DeviceQueries queries, TwinTable twins, Audit audit) {
        this.controller = controller;
        this.queries = queries;
        this.twins = twins;
        this.audit = audit;
    }

    /// @param q a query, see docs/query.md
    /// @param sort `id`, `lastSeen` or `modelName`, with a leading `-` for descending
    /// @param parameters whose last known values are wanted too: paths between commas, `*` for any row
    @Reaches(Reach.SEEN)
    @GetMapping
    @Operation(operationId = "listDevices", summary = "Devices, filtered, sorted and paged")
    DevicePage list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "id") String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = "") String parameters) {
        List<ParameterPattern> wanted = TableColumns.parameters("parameters", parameters);
        DeviceQuery query = query(q, sort, Paging.limit(limit, Limits.DEFAULT_PAGE, Limits.PAGE), cursor);
        try {
            var page = controller.stores().devices().list(query);
            return new DevicePage(
                    withValues(page.items(), wanted), page.nextCursor().orElse(null), page.total());
        } catch (IllegalArgumentException notOurs) {
            throw new BadRequestException("cursor", "must be the nextCursor of the page before");
        }
    }

    private List<Device> withValues(List<DeviceRecord> devices, List<ParameterPattern> wanted) {
        if (wanted.isEmpty()) {
            return devices.stream().map(Device::of).toList();
        }
        var known = twins.of(devices.stream().map(each -> each.id().toString()).toList(), wanted);
        return devices.stream()
                .map(each -> Device.of(
                        each, KnownValues.of(known.getOrDefault(each.id().toString(), Map.of()))))
                .toList();
    }

    /// @param q a query, see docs/query.md
    /// @param by something of the inventory, or the path of a parameter: see docs/query.md
    /// @param limit how many values are named
    @Reaches(Reach.SEEN)
    @GetMapping("/facets")
    @Operation(operationId = "countDevices", summary = "The devices of a query, counted by something of theirs")
    Facets facets(
            @RequestParam(defaultValue = "") String q,
            @RequestParam String by,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Paging.limit(limit, Limits.DEFAULT_VALUES, Limits.VALUES);
        return Facets.of(
                by, controller.stores().devices().count(queries.read("q", q), TableColumns.facet("by", by), most));
    }

    private DeviceQuery query(String q, String sort, int limit, String cursor) {
        return new DeviceQuery(
                queries.read("q", q), TableColumns.sort("sort", sort), sort.startsWith("-"), limit, cursor);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getDevice", summary = "One device")
    Device get(@PathVariable EndpointId id) {
        return controller.device(id).map(Device::of).orElseThrow(() -> ApiException.unknownDevice(id.toString()));
    }

    @Needs(Right.FLEET)
    @PatchMapping("/{id}")
    @Operation(operationId = "patchDevice", summary = "Change tags, or let a device in or keep it out")
    Device patch(@PathVariable EndpointId id, @RequestBody DevicePatch patch, Principal user) {
        Device known = get(id);
        Boolean approved = patch.approved();
        if (patch.tags() != null) {
            List<String> tags = patch.checkedTags();
            audit.record(user, "tag", known.id(), String.join(", ", tags));
            controller.tag(id, tags);
        }
        if (approved != null) {
            audit.record(user, approved ? "approve" : "disapprove", known.id(), "");
            controller.approve(id, approved);
        }
        return get(id);
    }

    @Needs(Right.FLEET)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteDevice", summary = "Forget a device and end its connections")
    void delete(@PathVariable EndpointId id, Principal user) {
        Device known = get(id);
        audit.record(user, "forget", known.id(), "");
        controller.forget(id);
    }
}
