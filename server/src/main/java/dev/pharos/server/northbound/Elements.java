// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.controller.UspController;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.server.northbound.json.ServiceElementDetail;
import dev.pharos.server.rest.ApiException;
import dev.pharos.server.rest.UspRequests;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Service Elements: objects of devices, each named by its path, and rows of tables by a unique key of theirs. Which
/// row
/// a key means is asked of the device first, so that one row and no other is changed.
public final class Elements {
    private static final Pattern BENEATH_A_ROW = Pattern.compile("(?:.*\\.)?[0-9]+\\..*");

    private final UspController controller;
    private final UspRequests requests;

    public Elements(UspController controller, UspRequests requests) {
        this.controller = controller;
        // nobody could be told of what is done later
        this.requests = requests.nowOnly();
    }

    ServiceElementDetail get(EndpointId agent, ElementName name, Map<String, String> keys, HttpServletResponse response)
            throws CallException {
        String object = find(agent, name, keys, response);
        Map<String, String> values = Outcomes.read(
                requests.get(agent, new GetRequest(List.of(object), Limits.DEPTH), Limits.WAIT, response));
        Map<String, String> properties = new TreeMap<>();
        values.forEach((path, value) -> {
            String property = path.startsWith(object) ? path.substring(object.length()) : "";
            if (!property.isEmpty() && !BENEATH_A_ROW.matcher(property).matches()) {
                properties.put(property, value);
            }
        });
        if (values.isEmpty()) {
            throw notFound(agent, object);
        }
        return ServiceElementDetail.of(keys.isEmpty() ? keys(agent, object, properties) : keys, properties);
    }

    void set(
            Principal user,
            EndpointId agent,
            ElementName name,
            ServiceElementDetail change,
            HttpServletResponse response)
            throws CallException {
        List<ParameterSetting> settings = settings(change.changes());
        String object = find(agent, name, change.keys(), response);
        Outcomes.written(requests.set(
                user,
                agent,
                new SetRequest(false, List.of(new UpdateObject(object, settings))),
                Limits.WAIT,
                response));
    }

    /// @return the name of the new row
    String add(
            Principal user,
            EndpointId agent,
            ElementName table,
            Map<String, String> values,
            HttpServletResponse response)
            throws CallException {
        if (table.isRow() || table.isWide()) {
            throw new BadRequestException(
                    "name", "must be the path of one table: rows above it by their numbers, and none at its end");
        }
        return Outcomes.added(requests.add(
                user,
                agent,
                new AddRequest(false, List.of(new CreateObject(table.path(), settings(values)))),
                Limits.WAIT,
                response));
    }

    void delete(
            Principal user, EndpointId agent, ElementName name, Map<String, String> keys, HttpServletResponse response)
            throws CallException {
        String row = find(agent, name, keys, response);
        if (!ElementName.of("name", row).isRow()) {
            throw new BadRequestException("name", "must be a row of a table: " + row + " is none");
        }
        Outcomes.deleted(requests.delete(user, agent, new DeleteRequest(false, List.of(row)), Limits.WAIT, response));
    }

    private static List<ParameterSetting> settings(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> new ParameterSetting(value.getKey(), value.getValue(), true))
                .toList();
    }

    /// The path of the one object that is meant.
    private String find(EndpointId agent, ElementName name, Map<String, String> keys, HttpServletResponse response)
            throws CallException {
        if (keys.isEmpty()) {
            if (name.isWide() || isTable(agent, name, response)) {
                throw new BadRequestException(
                        "identifier", "must say which row of " + name.path() + " is meant, by a unique key");
            }
            return name.path();
        }
        if (name.isRow()) {
            throw new BadRequestException("identifier", "must be left out, for the name says which row it is");
        }
        if (keys.size() > Limits.KEYS) {
            throw new BadRequestException("identifier", "must have " + Limits.KEYS + " keys at most");
        }
        SortedSet<String> rows = rows(agent, name, keys, response);
        if (rows.size() > 1) {
            throw new BadRequestException(
                    "identifier",
                    "must mean one row of " + name.path() + ", and " + rows.size() + " have these values, among them "
                            + rows.first());
        }
        if (rows.isEmpty()) {
            throw notFound(agent, name.path() + " with these keys");
        }
        return rows.first();
    }

    /// Those that have all of these values now.
    private SortedSet<String> rows(
            EndpointId agent, ElementName name, Map<String, String> keys, HttpServletResponse response)
            throws CallException {
        Pattern row = name.rows();
        Map<String, Integer> met = new LinkedHashMap<>();
        List<String> asked =
                keys.keySet().stream().map(key -> name.path() + "*." + key).toList();
        Outcomes.read(requests.get(agent, new GetRequest(asked, 0), Limits.WAIT, response))
                .forEach((path, value) -> keys.forEach((key, wanted) -> {
                    String object = path.endsWith("." + key) ? path.substring(0, path.length() - key.length()) : "";
                    if (value.equals(wanted) && row.matcher(object).matches()) {
                        met.merge(object, 1, Integer::sum);
                    }
                }));
        SortedSet<String> rows = new TreeSet<>();
        met.forEach((object, count) -> {
            if (count == keys.size()) {
                rows.add(object);
            }
        });
        return rows;
    }

    /// By the data model; where that is not known, by what it has beneath it now: rows have numbers.
    private boolean isTable(EndpointId agent, ElementName name, HttpServletResponse response) throws CallException {
        if (name.isRow()) {
            return false;
        }
        Optional<SupportedModel> model = controller.supportedModel(agent);
        if (model.isPresent()) {
            String rows = general(name.path()) + "{i}.";
            return model.get().supportedObjects().stream()
                    .anyMatch(object -> object.supportedObjPath().equals(rows));
        }
        Map<String, String> values = Outcomes.read(
                requests.get(agent, new GetRequest(List.of(name.path()), Limits.DEPTH), Limits.WAIT, response));
        Pattern inRow = Pattern.compile(name.rows().pattern() + ".*");
        return values.keySet().stream().anyMatch(path -> inRow.matcher(path).matches());
    }

    /// As the supported data model writes it.
    private static String general(String path) {
        return path.replaceAll("\\.[0-9]+(?=\\.)", ".{i}");
    }

    private static ApiException notFound(EndpointId agent, String what) {
        return new ApiException(400, "Unknown Service Element", agent + " has no " + what + ".");
    }

    /// The first unique key that the object has values for; none where the data model says none.
    private Map<String, String> keys(EndpointId agent, String object, Map<String, String> properties) {
        String general = general(object);
        return controller.supportedModel(agent).stream()
                .flatMap(model -> model.supportedObjects().stream())
                .filter(supported -> supported.supportedObjPath().equals(general))
                .map(SupportedObject::uniqueKeySets)
                .flatMap(List::stream)
                .filter(set -> properties.keySet().containsAll(set.keyNames()))
                .findFirst()
                .map(set -> {
                    Map<String, String> keys = new LinkedHashMap<>();
                    set.keyNames().forEach(key -> keys.put(key, properties.getOrDefault(key, "")));
                    return keys;
                })
                .orElse(Map.of());
    }
}
