// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What `pharos modules` does with one device: a command and the wait for its end, or a look at what is there.
final class ModuleOperation {
    private static final String MODULES = "Device.SoftwareModules.";
    private static final String UNITS = MODULES + "DeploymentUnit.";
    private static final String ENVIRONMENTS = MODULES + "ExecEnv.";
    private static final long PAUSE_MILLIS = 500;

    private final RestClient client;
    private final String place;
    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter err;

    /// @param json whether answers are printed as they are
    /// @param err is told how it stands with a device that comes by itself alone
    ModuleOperation(RestClient client, String device, boolean json, PrintWriter out, PrintWriter err) {
        this.client = client;
        this.place = "/devices/" + RestClient.segment(device);
        this.json = json;
        this.out = out;
        this.err = err;
    }

    /// Relative to [#MODULES].
    ///
    /// @param unit a number, or a name
    static String unit(String unit) {
        return "DeploymentUnit."
                + (unit.matches("[0-9]{1,18}")
                        ? unit
                        : "[Name==\"" + unit.replace("%", "%25").replace("\"", "%22") + "\"]")
                + ".";
    }

    /// Runs a command on one unit and returns when it is done.
    ///
    /// @param command relative to `Device.SoftwareModules.`
    /// @throws DeniedException saying why it failed
    void run(String command, List<String> arguments)
            throws DeniedException, UnreachableException, InterruptedException {
        String key = UUID.randomUUID().toString();
        ObjectNode request = RequestBodies.operate(MODULES + command, arguments).put("commandKey", key);
        long before = newest();
        JsonNode answer = client.post(place + "/usp/operate", request);
        JsonNode results = answer.path("operationResults");
        if (results.isEmpty()) {
            throw new DeniedException(List.of("pharos: there is no such unit on the device"));
        }
        List<String> refused = new ArrayList<>();
        for (JsonNode result : results) {
            if (result.has("cmdFailure")) {
                JsonNode failure = result.path("cmdFailure");
                refused.add("pharos: " + failure.path("errCode").asInt() + " "
                        + Terminal.safe(failure.path("errMsg").asString("")));
            }
        }
        if (!refused.isEmpty()) {
            throw new DeniedException(refused);
        }
        if (answer.path("nextSession").path("queued").asBoolean(false)) {
            tellOfSession(answer);
        }
        await(key, results.size(), before);
    }

    private void tellOfSession(JsonNode answer) {
        String detail = answer.path("nextSession").path("detail").asString("");
        if (!detail.isEmpty()) {
            err.println(Terminal.safe(detail));
            err.flush();
        }
    }

    /// Several units of one name end one after the other.
    private void await(String key, int operations, long before)
            throws DeniedException, UnreachableException, InterruptedException {
        List<JsonNode> ended = List.of();
        List<JsonNode> since = List.of();
        while (ended.size() < operations) {
            Thread.sleep(PAUSE_MILLIS);
            since = since(before);
            ended = since.stream()
                    .filter(event -> event.path("kind").asString("").equals("OperationComplete")
                            && event.path("args")
                                    .path("commandKey")
                                    .asString("")
                                    .equals(key))
                    .toList();
        }
        List<String> failures = new ArrayList<>();
        for (JsonNode event : since) {
            if (event.path("name").asString("").equals("DUStateChange!") && !json) {
                tell(event.path("args"));
            }
        }
        for (JsonNode event : ended) {
            if (json) {
                out.println(Json.text(event));
            }
            if (!event.path("value").asString("").equals("success")) {
                failures.add("pharos: " + Terminal.safe(event.path("text").asString("")));
            }
        }
        out.flush();
        if (!failures.isEmpty()) {
            throw new DeniedException(failures);
        }
    }

    private void tell(JsonNode change) {
        boolean well = change.path("Fault.FaultCode").asString("").equals("0");
        String state = change.path("CurrentState").asString("");
        out.println((well ? Terminal.green(state) : Terminal.red(state)) + "  "
                + Terminal.safe(change.path("DeploymentUnitRef").asString("")) + "  version "
                + Terminal.safe(change.path("Version").asString("")) + "  "
                + Terminal.safe(change.path("UUID").asString("")));
    }

    private long newest() throws DeniedException, UnreachableException {
        return client.get(place + "/events?limit=1")
                .path("items")
                .path(0)
                .path("seq")
                .asLong(0);
    }

    private List<JsonNode> since(long before) throws DeniedException, UnreachableException {
        List<JsonNode> fresh = new ArrayList<>();
        for (JsonNode event : client.get(place + "/events?limit=200").path("items")) {
            if (event.path("seq").asLong() > before) {
                fresh.add(event);
            }
        }
        return fresh.reversed();
    }

    /// Prints what is installed.
    void list() throws DeniedException, UnreachableException {
        JsonNode answer = client.post(
                place + "/usp/get", RequestBodies.get(List.of(UNITS, MODULES + "ExecutionUnit.", ENVIRONMENTS)));
        tellOfSession(answer);
        if (json) {
            out.println(Json.text(answer));
            out.flush();
            return;
        }
        Map<String, JsonNode> objects = new HashMap<>();
        List<String> units = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (JsonNode path : answer.path("requestedPathResults")) {
            // a device of another maker need not say what its modules run in
            boolean needed = !path.path("requestedPath").asString("").equals(ENVIRONMENTS);
            if (needed && path.path("errCode").asInt() != 0) {
                failures.add("pharos: " + Terminal.safe(path.path("errMsg").asString("")));
            }
            for (JsonNode object : path.path("resolvedPathResults")) {
                String name = object.path("resolvedPath").asString("");
                objects.put(name, object.path("resultParams"));
                if (name.matches("Device[.]SoftwareModules[.]DeploymentUnit[.][0-9]+[.]")) {
                    units.add(name);
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new DeniedException(failures);
        }
        for (String unit : units) {
            print(unit, objects);
        }
        objects.forEach(this::printTrouble);
        if (units.isEmpty()) {
            out.println("(none; install one: pharos modules install ID URL)");
        }
        out.flush();
    }

    /// An execution environment that runs nothing.
    private void printTrouble(String path, JsonNode object) {
        String status = text(object, "Status");
        if (path.startsWith(ENVIRONMENTS) && !status.isEmpty() && !status.equals("Up")) {
            out.println("execution environment " + text(object, "Name") + ": " + Terminal.red(status));
        }
    }

    private void print(String path, Map<String, JsonNode> objects) {
        JsonNode unit = objects.getOrDefault(path, Json.object());
        out.println(path.replaceAll("[^0-9]", "") + "  " + text(unit, "Name") + " " + text(unit, "Version") + "  "
                + text(unit, "Status") + "  " + text(unit, "Vendor") + "  " + text(unit, "UUID")
                + environment(text(unit, "ExecutionEnvRef"), objects));
        for (String reference : text(unit, "ExecutionUnitList").split(",")) {
            JsonNode execution = objects.getOrDefault(reference + ".", Json.object());
            if (!execution.isEmpty()) {
                String fault = text(execution, "ExecutionFaultCode");
                out.println("   " + reference.replaceAll("[^0-9]", "") + "  " + text(execution, "Name") + "  "
                        + text(execution, "Status")
                        + (fault.equals("NoFault")
                                ? ""
                                : "  " + Terminal.red(fault) + " " + text(execution, "ExecutionFaultMessage")));
            }
        }
    }

    /// What it runs in, by name; empty where the device does not say.
    private static String environment(String reference, Map<String, JsonNode> objects) {
        String path = reference.endsWith(".") ? reference : reference + ".";
        String name = text(objects.getOrDefault(path, Json.object()), "Name");
        return name.isEmpty() ? "" : "  in " + name;
    }

    private static String text(JsonNode object, String name) {
        return Terminal.safe(object.path(name).asString(""));
    }
}
