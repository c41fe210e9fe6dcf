// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.ubus;

import dev.pharos.cli.contact.Contacts;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.ProductionRules;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who the agent is and who manages it, in one table: what somebody on the gateway looks at first.
final class AgentStatus {
    private static final String AGENT = "Device.LocalAgent.";
    private static final Pattern WAY = Pattern.compile("(Device\\.LocalAgent\\.Controller\\.\\d+\\.)MTP\\.\\d+\\.");
    private static final Pattern CONTROLLER = Pattern.compile("Device\\.LocalAgent\\.Controller\\.\\d+\\.");

    private AgentStatus() {}

    static UbusTable of(Function<Request<?>, Body> agent, Contacts contacts) {
        Map<String, Map<String, String>> objects = read(agent);
        Map<String, String> own = objects.getOrDefault(AGENT, Map.of());
        List<UbusValue> controllers = new ArrayList<>();
        objects.forEach((path, values) -> {
            if (CONTROLLER.matcher(path).matches()) {
                UbusTable controller = UbusTable.EMPTY
                        .with("endpoint", values.getOrDefault("EndpointID", ""))
                        .with("enabled", values.getOrDefault("Enable", "").equals("true"))
                        .with("transports", new UbusValue.Array(transports(path, objects)));
                controllers.add(standing(controller, contacts));
            }
        });
        String endpoint = own.getOrDefault("EndpointID", "");
        UbusTable status = UbusTable.EMPTY
                .with("endpoint", endpoint)
                .with("version", own.getOrDefault("SoftwareVersion", ""))
                .with("uptime", Long.parseLong(own.getOrDefault("UpTime", "0")))
                .with("controllers", new UbusValue.Array(controllers));
        return objection(endpoint)
                .map(warning -> status.with("warning", warning))
                .orElse(status);
    }

    /// With how it is reached. `state` is `up` where one of the connections is, `off` where none is wanted.
    private static UbusTable standing(UbusTable controller, Contacts contacts) {
        EndpointId id;
        try {
            id = EndpointId.parse(controller.text("endpoint").orElse(""));
        } catch (MalformedInputException unnamed) {
            return controller;
        }
        List<Contacts.Contact> all = contacts.of(id);
        UbusTable standing = controller
                .with(
                        "state",
                        all.stream()
                                .map(Contacts.Contact::state)
                                .max(Comparator.comparing(state -> state == Contacts.State.UP))
                                .map(AgentStatus::word)
                                .orElse("off"))
                .with(
                        "connections",
                        new UbusValue.Array(
                                all.stream().<UbusValue>map(AgentStatus::row).toList()));
        return contacts.lastError(id)
                .map(error -> standing.with("last_error", error))
                .orElse(standing);
    }

    private static UbusTable row(Contacts.Contact contact) {
        return UbusTable.EMPTY
                .with("to", contact.place())
                .with("state", word(contact.state()))
                .with("seconds", contact.lasting().toSeconds());
    }

    private static String word(Contacts.State state) {
        return switch (state) {
            case CONNECTING -> "connecting";
            case UP -> "up";
            case UNREACHABLE -> "unreachable";
        };
    }

    /// What speaks against the name under which the agent goes.
    private static Optional<String> objection(String endpoint) {
        try {
            return ProductionRules.objection(EndpointId.parse(endpoint));
        } catch (MalformedInputException unnamed) {
            // the agent has not told who it is: an agent that ends answers nothing
            return Optional.empty();
        }
    }

    private static Map<String, Map<String, String>> read(Function<Request<?>, Body> agent) {
        Map<String, Map<String, String>> objects = new TreeMap<>();
        List<String> paths =
                List.of(AGENT + "EndpointID", AGENT + "SoftwareVersion", AGENT + "UpTime", AGENT + "Controller.");
        if (agent.apply(new GetRequest(paths, 0)) instanceof GetResponse answer) {
            answer.requestedPathResults().stream()
                    .flatMap(result -> result.resolvedPathResults().stream())
                    .forEach(object -> objects.computeIfAbsent(object.resolvedPath(), path -> new TreeMap<>())
                            .putAll(object.resultParams()));
        }
        return objects;
    }

    private static List<UbusValue> transports(String controller, Map<String, Map<String, String>> objects) {
        List<UbusValue> transports = new ArrayList<>();
        objects.forEach((path, values) -> {
            Matcher way = WAY.matcher(path);
            if (way.matches() && way.group(1).equals(controller)) {
                transports.add(UbusTable.EMPTY
                        .with("protocol", values.getOrDefault("Protocol", ""))
                        .with("enabled", values.getOrDefault("Enable", "").equals("true")));
            }
        });
        return transports;
    }
}
