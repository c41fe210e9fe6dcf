// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// The script of a small home gateway: enough of a data model to be learnt, with a Subscription table that
/// works.
final class Home implements Function<Body, Optional<Body>> {
    private static final String MODULES = "Device.SoftwareModules.";
    private static final String SUBSCRIPTIONS = "Device.LocalAgent.Subscription.";

    final AtomicInteger supportedDm = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final Map<String, Map<String, String>> subscriptions = new ConcurrentSkipListMap<>();
    volatile String softwareVersion = "1.0";
    volatile boolean hasModules;
    final AtomicInteger failures = new AtomicInteger();

    @Override
    public Optional<Body> apply(Body body) {
        requests.incrementAndGet();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Optional.of(new UspError(new Fault(StandardErrorCode.INTERNAL_ERROR, "not now")));
        }
        return switch (body) {
            case GetSupportedProtocolRequest ignored -> Optional.of(new GetSupportedProtocolResponse("1.3,1.4"));
            case GetRequest get -> Optional.of(get(get));
            case GetSupportedDmRequest ignored -> {
                supportedDm.incrementAndGet();
                yield Optional.of(model());
            }
            case AddRequest add -> Optional.of(add(add));
            case DeleteRequest delete -> {
                delete.objPaths().forEach(subscriptions::remove);
                yield Optional.of(new DeleteResponse(List.of()));
            }
            case SetRequest set -> {
                set.updateObjects()
                        .forEach(object -> object.paramSettings()
                                .forEach(setting -> Objects.requireNonNull(subscriptions.get(object.objPath()))
                                        .put(setting.param(), setting.value())));
                yield Optional.of(new SetResponse(List.of()));
            }
            default -> Optional.empty();
        };
    }

    private GetResponse get(GetRequest request) {
        List<GetResponse.RequestedPathResult> results = new ArrayList<>();
        for (String path : request.paramPaths()) {
            List<GetResponse.ResolvedPathResult> objects = new ArrayList<>();
            Map<String, String> info = new LinkedHashMap<>();
            info.put("Manufacturer", "Lighthouse");
            info.put("ModelName", "Home");
            info.put("SerialNumber", "0815");
            info.put("SoftwareVersion", softwareVersion);
            if (path.equals("Device.DeviceInfo.SoftwareVersion")) {
                objects.add(new GetResponse.ResolvedPathResult(
                        "Device.DeviceInfo.", Map.of("SoftwareVersion", softwareVersion)));
            } else if (path.equals("Device.") || path.equals("Device.DeviceInfo.")) {
                objects.add(new GetResponse.ResolvedPathResult("Device.DeviceInfo.", info));
            } else if (path.equals(SUBSCRIPTIONS)) {
                subscriptions.forEach((row, params) -> objects.add(new GetResponse.ResolvedPathResult(row, params)));
            }
            results.add(new GetResponse.RequestedPathResult(path, Optional.empty(), objects));
        }
        return new GetResponse(results);
    }

    private AddResponse add(AddRequest request) {
        List<AddResponse.CreatedObjectResult> results = new ArrayList<>();
        for (AddRequest.CreateObject object : request.createObjects()) {
            String row = object.objPath() + (subscriptions.size() + 1) + ".";
            Map<String, String> params = new LinkedHashMap<>();
            object.paramSettings().forEach(setting -> params.put(setting.param(), setting.value()));
            if (!hasModules && params.getOrDefault("ReferenceList", "").startsWith(MODULES)) {
                results.add(new AddResponse.CreatedObjectResult(
                        object.objPath(),
                        new AddResponse.OperationFailure(
                                new Fault(StandardErrorCode.INVALID_VALUE, "not in the supported data model"))));
                continue;
            }
            subscriptions.put(row, params);
            results.add(new AddResponse.CreatedObjectResult(
                    object.objPath(), new AddResponse.OperationSuccess(row, List.of(), Map.of())));
        }
        return new AddResponse(results);
    }

    private GetSupportedDmResponse model() {
        List<GetSupportedDmResponse.SupportedObject> objects = new ArrayList<>(List.of(
                object("Device.", List.of(), List.of("Boot!")),
                object("Device.DeviceInfo.", List.of("Manufacturer", "SoftwareVersion"), List.of()),
                object("Device.LocalAgent.", List.of(), List.of("Periodic!")),
                object("Device.LocalAgent.Subscription.{i}.", List.of("ID", "Enable"), List.of())));
        if (hasModules) {
            objects.add(object(MODULES, List.of(), List.of("DUStateChange!")));
        }
        return new GetSupportedDmResponse(
                List.of(new GetSupportedDmResponse.RequestedObjectResult("Device.", Optional.empty(), "", objects)));
    }

    private static GetSupportedDmResponse.SupportedObject object(
            String path, List<String> params, List<String> events) {
        return new GetSupportedDmResponse.SupportedObject(
                path,
                GetSupportedDmResponse.ObjectAccess.READ_ONLY,
                path.endsWith("{i}."),
                List.of(),
                events.stream()
                        .map(name -> new GetSupportedDmResponse.SupportedEvent(name, List.of()))
                        .toList(),
                params.stream()
                        .map(name -> new GetSupportedDmResponse.SupportedParameter(
                                name,
                                GetSupportedDmResponse.ParameterAccess.READ_ONLY,
                                GetSupportedDmResponse.ParameterValueType.STRING,
                                GetSupportedDmResponse.ValueChangeType.ALLOWED))
                        .toList(),
                List.of(),
                List.of());
    }
}
