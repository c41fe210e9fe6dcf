// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// A device that is a map of values: it answers as a gateway does that has these and no others.
final class PaperGateway {
    final NavigableMap<String, String> values = new TreeMap<>();
    final List<Request<?>> asked = new ArrayList<>();

    PaperGateway(String... assignments) {
        for (String each : assignments) {
            values.put(each.split("=", 2)[0], each.split("=", 2)[1]);
        }
    }

    synchronized Response answer(Request<?> request) {
        asked.add(request);
        return switch (request) {
            case GetRequest get ->
                new GetResponse(get.paramPaths().stream().map(this::got).toList());
            case SetRequest set ->
                new SetResponse(set.updateObjects().stream().map(this::set).toList());
            case AddRequest add ->
                new AddResponse(add.createObjects().stream().map(this::added).toList());
            case DeleteRequest delete ->
                new DeleteResponse(delete.objPaths().stream().map(this::deleted).toList());
            default -> throw new IllegalArgumentException("not on paper: " + request);
        };
    }

    synchronized String value(String path) {
        return values.getOrDefault(path, "");
    }

    synchronized void write(String path, String value) {
        values.put(path, value);
    }

    synchronized Map<String, String> snapshot() {
        return new TreeMap<>(values);
    }

    synchronized long asked(Class<?> kind) {
        return asked.stream().filter(kind::isInstance).count();
    }

    private GetResponse.RequestedPathResult got(String path) {
        String form = path.replace(".", "\\.").replace("*", "[0-9]+");
        List<GetResponse.ResolvedPathResult> found = values.entrySet().stream()
                .filter(value -> value.getKey().matches(form))
                .map(value -> new GetResponse.ResolvedPathResult(
                        value.getKey().substring(0, value.getKey().lastIndexOf('.') + 1),
                        Map.of(value.getKey().substring(value.getKey().lastIndexOf('.') + 1), value.getValue())))
                .toList();
        boolean missing = found.isEmpty() && path.indexOf('*') < 0;
        return new GetResponse.RequestedPathResult(
                path,
                missing
                        ? Optional.of(new Fault(StandardErrorCode.INVALID_PATH, "no such parameter"))
                        : Optional.empty(),
                found);
    }

    private SetResponse.UpdatedObjectResult set(SetRequest.UpdateObject object) {
        Map<String, String> written = new TreeMap<>();
        object.paramSettings().forEach(setting -> {
            values.put(object.objPath() + setting.param(), setting.value());
            written.put(setting.param(), setting.value());
        });
        return new SetResponse.UpdatedObjectResult(
                object.objPath(),
                new SetResponse.OperationSuccess(
                        List.of(new SetResponse.UpdatedInstanceResult(object.objPath(), List.of(), written))));
    }

    private AddResponse.CreatedObjectResult added(AddRequest.CreateObject object) {
        int number = 1;
        while (!values.subMap(object.objPath() + number + ".", object.objPath() + number + "/")
                .isEmpty()) {
            number++;
        }
        String row = object.objPath() + number + ".";
        object.paramSettings().forEach(setting -> values.put(row + setting.param(), setting.value()));
        return new AddResponse.CreatedObjectResult(
                object.objPath(), new AddResponse.OperationSuccess(row, List.of(), Map.of()));
    }

    private DeleteResponse.DeletedObjectResult deleted(String row) {
        values.keySet().removeIf(path -> path.startsWith(row));
        return new DeleteResponse.DeletedObjectResult(
                row, new DeleteResponse.OperationSuccess(List.of(row), List.of()));
    }
}
