// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ModuleChange;
import dev.pharos.controller.acs.ModuleOrder;
import dev.pharos.controller.acs.StateChange;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.FileLocation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is asked of software modules, as JSON.
final class ModulesJson {
    private ModulesJson() {}

    static void write(Errand.ChangeModules errand, ObjectNode json) {
        json.put("key", errand.key());
        ArrayNode changes = json.putArray("changes");
        for (ModuleChange each : errand.changes()) {
            ObjectNode change =
                    changes.addObject().put("command", each.command()).put("commandKey", each.commandKey());
            switch (each.operation()) {
                case DuOperation.Install(FileLocation location, String uuid, String environment) ->
                    write(
                            location,
                            change.put("kind", "install").put("uuid", uuid).put("environment", environment));
                case DuOperation.Update(String uuid, String version, FileLocation location) ->
                    write(
                            location,
                            change.put("kind", "update").put("uuid", uuid).put("version", version));
                case DuOperation.Uninstall(String uuid, String version, String environment) ->
                    change.put("kind", "uninstall")
                            .put("uuid", uuid)
                            .put("version", version)
                            .put("environment", environment);
            }
        }
    }

    private static void write(FileLocation location, ObjectNode json) {
        json.put("url", location.url()).put("username", location.username()).put("password", location.password());
    }

    static Errand.ChangeModules change(JsonNode json) {
        List<ModuleChange> changes = new ArrayList<>();
        for (JsonNode each : json.path("changes")) {
            FileLocation location = new FileLocation(text(each, "url"), text(each, "username"), text(each, "password"));
            String uuid = text(each, "uuid");
            DuOperation operation = switch (text(each, "kind")) {
                case "install" -> new DuOperation.Install(location, uuid, text(each, "environment"));
                case "update" -> new DuOperation.Update(uuid, text(each, "version"), location);
                default -> new DuOperation.Uninstall(uuid, text(each, "version"), text(each, "environment"));
            };
            changes.add(new ModuleChange(text(each, "command"), text(each, "commandKey"), operation));
        }
        return new Errand.ChangeModules(text(json, "key"), changes);
    }

    static void write(Errand.RequestStates errand, ArrayNode json) {
        errand.changes()
                .forEach(each -> json.addObject()
                        .put("command", each.command())
                        .put("commandKey", each.commandKey())
                        .put("unit", each.unit())
                        .put("state", each.state()));
    }

    static Errand.RequestStates request(JsonNode json) {
        List<StateChange> changes = new ArrayList<>();
        json.forEach(each -> changes.add(new StateChange(
                text(each, "command"), text(each, "commandKey"), text(each, "unit"), text(each, "state"))));
        return new Errand.RequestStates(changes);
    }

    static void write(ModuleOrder order, ArrayNode json) {
        order.items()
                .forEach(each -> json.addObject()
                        .put("command", each.command())
                        .put("commandKey", each.commandKey())
                        .put("uuid", each.uuid()));
    }

    static ModuleOrder order(String key, JsonNode json) {
        List<ModuleOrder.Item> items = new ArrayList<>();
        json.forEach(each ->
                items.add(new ModuleOrder.Item(text(each, "command"), text(each, "commandKey"), text(each, "uuid"))));
        return new ModuleOrder(key, items);
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asString("");
    }
}
