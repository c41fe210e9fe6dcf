// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.WrongUsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The bodies of USP requests, made of what was typed.
final class RequestBodies {
    private RequestBodies() {}

    static ObjectNode get(List<String> paths) {
        return Json.object().set("paths", Json.array(paths));
    }

    /// @param assignments `PATH=VALUE`
    static ObjectNode set(List<String> assignments, boolean partial) {
        Map<String, ArrayNode> objects = new LinkedHashMap<>();
        for (String text : assignments) {
            Assignment assignment = Assignment.parse(text)
                    .filter(a -> !a.parameter().isEmpty())
                    .orElseThrow(() -> new WrongUsageException(
                            "not PATH=VALUE: " + text + " (for example Device.WiFi.SSID.1.SSID=Home)"));
            objects.computeIfAbsent(assignment.object(), o -> Json.array(List.of()))
                    .add(setting(assignment.parameter(), assignment.value()));
        }
        ArrayNode updates = Json.array(List.of());
        objects.forEach((object, settings) ->
                updates.add(Json.object().put("objPath", object).set("paramSettings", settings)));
        return Json.object().put("allowPartial", partial).set("updateObjects", updates);
    }

    private static ObjectNode setting(String name, String value) {
        return Json.object().put("param", name).put("value", value).put("required", true);
    }

    /// @param object the table, with or without its last dot
    /// @param settings `PARAM=VALUE`
    static ObjectNode add(String object, List<String> settings) {
        ArrayNode params = Json.array(List.of());
        for (String text : settings) {
            Assignment assignment = Assignment.parse(text)
                    .orElseThrow(
                            () -> new WrongUsageException("not PARAM=VALUE: " + text + " (for example Enable=true)"));
            params.add(setting(assignment.name(), assignment.value()));
        }
        ObjectNode create = Json.object().put("objPath", object.endsWith(".") ? object : object + ".");
        create.set("paramSettings", params);
        ArrayNode creates = Json.array(List.of());
        creates.add(create);
        return Json.object().put("allowPartial", false).set("createObjects", creates);
    }

    /// @param command with or without its ()
    /// @param arguments `ARG=VALUE`
    static ObjectNode operate(String command, List<String> arguments) {
        ObjectNode inputs = Json.object();
        for (String text : arguments) {
            Assignment argument = Assignment.parse(text)
                    .orElseThrow(
                            () -> new WrongUsageException("not ARG=VALUE: " + text + " (for example Host=192.0.2.1)"));
            inputs.put(argument.name(), argument.value());
        }
        ObjectNode request = Json.object()
                .put("command", command.endsWith("()") ? command : command + "()")
                .put("sendResp", true);
        request.set("inputArgs", inputs);
        return request;
    }
}
