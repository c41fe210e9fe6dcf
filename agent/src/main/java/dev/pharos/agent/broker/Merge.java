// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.agent.broker.RequestSplit.Part;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts together what several say of one path. Where one has an answer and another has none, the answer
/// counts.
final class Merge {
    private Merge() {}

    private static Fault failed(Body body) {
        return body instanceof UspError error
                ? error.fault()
                : new Fault(StandardErrorCode.INTERNAL_ERROR, "an answer of another kind");
    }

    static GetResponse.RequestedPathResult get(String path, List<Part> parts) {
        Optional<Fault> fault = Optional.empty();
        boolean found = false;
        List<GetResponse.ResolvedPathResult> resolved = new ArrayList<>();
        for (Part part : parts) {
            GetResponse.RequestedPathResult result = part.body() instanceof GetResponse(var results)
                    ? results.get(part.position())
                    : new GetResponse.RequestedPathResult(path, Optional.of(failed(part.body())), List.of());
            fault = fault.or(result::fault);
            found |= result.fault().isEmpty();
            resolved.addAll(result.resolvedPathResults());
        }
        return new GetResponse.RequestedPathResult(path, found ? Optional.empty() : fault, resolved);
    }

    static GetInstancesResponse.RequestedPathResult instances(String path, List<Part> parts) {
        Optional<Fault> fault = Optional.empty();
        boolean found = false;
        List<GetInstancesResponse.CurrentInstance> instances = new ArrayList<>();
        for (Part part : parts) {
            GetInstancesResponse.RequestedPathResult result = part.body() instanceof GetInstancesResponse(var results)
                    ? results.get(part.position())
                    : new GetInstancesResponse.RequestedPathResult(path, Optional.of(failed(part.body())), List.of());
            fault = fault.or(result::fault);
            found |= result.fault().isEmpty();
            instances.addAll(result.currentInstances());
        }
        return new GetInstancesResponse.RequestedPathResult(path, found ? Optional.empty() : fault, instances);
    }

    /// An object that several support, since one holds what another has registered, is told once, with what
    /// each of them has in it.
    static GetSupportedDmResponse.RequestedObjectResult supported(String path, List<Part> parts) {
        Optional<Fault> fault = Optional.empty();
        String uri = "";
        Map<String, SupportedObject> objects = new LinkedHashMap<>();
        for (Part part : parts) {
            if (part.body() instanceof GetSupportedDmResponse(var results)) {
                GetSupportedDmResponse.RequestedObjectResult result = results.get(part.position());
                fault = fault.or(result::fault);
                uri = uri.isEmpty() ? result.dataModelInstUri() : uri;
                result.supportedObjects()
                        .forEach(object -> objects.merge(object.supportedObjPath(), object, Merge::both));
            } else {
                fault = fault.or(() -> Optional.of(failed(part.body())));
            }
        }
        return new GetSupportedDmResponse.RequestedObjectResult(
                path, objects.isEmpty() ? fault : Optional.empty(), uri, List.copyOf(objects.values()));
    }

    /// The agent comes first and is right about what kind of object it is.
    private static SupportedObject both(SupportedObject first, SupportedObject second) {
        return new SupportedObject(
                first.supportedObjPath(),
                first.access(),
                first.isMultiInstance(),
                together(first.supportedCommands(), second.supportedCommands()),
                together(first.supportedEvents(), second.supportedEvents()),
                together(first.supportedParams(), second.supportedParams()),
                first.divergentPaths(),
                together(first.uniqueKeySets(), second.uniqueKeySets()));
    }

    private static <T> List<T> together(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        second.stream().filter(one -> !first.contains(one)).forEach(all::add);
        return all;
    }

    static SetResponse.UpdatedObjectResult set(String path, Part part) {
        return part.body() instanceof SetResponse(var results)
                ? results.get(part.position())
                : new SetResponse.UpdatedObjectResult(
                        path, new SetResponse.OperationFailure(failed(part.body()), List.of()));
    }

    static DeleteResponse.DeletedObjectResult deleted(String path, Part part) {
        return part.body() instanceof DeleteResponse(var results)
                ? results.get(part.position())
                : new DeleteResponse.DeletedObjectResult(
                        path, new DeleteResponse.OperationFailure(failed(part.body())));
    }

    /// One object to add may stand for several tables and so have several results, which all bear its path.
    static AddResponse added(AddRequest request, RequestSplit<AddRequest.CreateObject> split) {
        List<AddResponse.CreatedObjectResult> results = new ArrayList<>();
        for (int i = 0; i < split.size(); i++) {
            String path = request.createObjects().get(i).objPath();
            Part part = split.parts(i).getFirst();
            Body body = part.body();
            if (!(body instanceof AddResponse response)) {
                results.add(new AddResponse.CreatedObjectResult(path, new AddResponse.OperationFailure(failed(body))));
            } else if (part.position() == 0) {
                // All that this target made, in its own order.
                results.addAll(response.createdObjectResults());
            }
        }
        return new AddResponse(results);
    }
}
