// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.Group;
import dev.pharos.server.rest.json.GroupBody;
import dev.pharos.server.rest.json.Groups;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.GroupStore;
import dev.pharos.server.store.GroupStore.SavedGroup;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Clock;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Groups: queries for devices that somebody has given a name. Who belongs to one is asked anew each time.
@RestController
@RequestMapping("/api/v1/groups")
@Tag(name = "devices")
@Needs(Right.FLEET)
public final class GroupController {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}");

    private final UspController controller;
    private final GroupStore groups;
    private final DeviceQueries queries;
    private final GroupUses uses;
    private final Audit audit;
    private final Clock clock;

    public GroupController(
            UspController controller,
            GroupStore groups,
            DeviceQueries queries,
            GroupUses uses,
            Audit audit,
            Clock clock) {
        this.controller = controller;
        this.groups = groups;
        this.queries = queries;
        this.uses = uses;
        this.audit = audit;
        this.clock = clock;
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.NONE)
    @GetMapping
    @Operation(operationId = "listGroups", summary = "All groups, without how many devices are in them")
    Groups list() {
        return new Groups(
                groups.all().stream().map(group -> Group.of(group, null)).toList());
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.SEEN)
    @GetMapping("/{name}")
    @Operation(operationId = "getGroup", summary = "One group, and how many devices are in it now")
    Group get(@PathVariable String name) {
        SavedGroup group = groups.find(name).orElseThrow(() -> unknown(name));
        return counted(group, queries.read("query", group.query()));
    }

    @PutMapping("/{name}")
    @Operation(operationId = "saveGroup", summary = "Give a query a name, or a group another query")
    Group put(@PathVariable String name, @RequestBody GroupBody body, Principal user) {
        if (!NAME.matcher(name).matches()) {
            throw new BadRequestException(
                    "name",
                    "must have 1 to 60 letters, digits, blanks, dots, dashes and underscores, a letter or digit first");
        }
        SavedGroup group =
                new SavedGroup(name, body.checkedQuery(), body.checkedDescription(), clock.instant(), user.getName());
        Condition condition = queries.readAs(name, "query", group.query());
        if (!groups.put(group)) {
            throw new ApiException(409, "Too many groups", "There are as many groups as may be; delete one first.");
        }
        audit.record(user, "save group", name, group.query());
        return counted(group, condition);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteGroup", summary = "Forget a group; its devices stay")
    void delete(@PathVariable String name, Principal user) {
        if (groups.find(name).isEmpty()) {
            throw unknown(name);
        }
        uses.of(name).ifPresent(use -> {
            throw new ApiException(409, "In use", use);
        });
        audit.record(user, "delete group", name, "");
        groups.remove(name);
    }

    private Group counted(SavedGroup group, Condition condition) {
        DeviceQuery one = new DeviceQuery(condition, DeviceQuery.Sort.ID, false, 1, "");
        return Group.of(group, controller.stores().devices().list(one).total());
    }

    private static ApiException unknown(String name) {
        return new ApiException(404, "Unknown group", "There is no group " + name + ".");
    }
}
