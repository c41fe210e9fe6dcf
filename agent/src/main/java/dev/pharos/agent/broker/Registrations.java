// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.agent.config.Limits;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.DeregisterResponse;
import dev.pharos.usp.message.DeregisterResponse.DeregisteredPathResult;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.RegisterResponse;
import dev.pharos.usp.message.RegisterResponse.RegisteredPathResult;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Which Service has registered which path. Thread-safe.
final class Registrations {
    private final PathRules rules;
    private final Map<String, EndpointId> owners = new TreeMap<>();

    Registrations(PathRules rules) {
        this.rules = rules;
    }

    /// @param trusted which paths this Service may register
    /// @return a RegisterResponse, or an Error where nothing was registered (R-REG.0, R-REG.1)
    synchronized Body register(EndpointId service, RegisterRequest request, Predicate<String> trusted) {
        Map<String, EndpointId> before = new LinkedHashMap<>(owners);
        List<RegisteredPathResult> results = new ArrayList<>();
        for (String path : request.paths()) {
            Optional<Fault> refused = refusal(service, path, trusted);
            if (refused.isPresent() && !request.allowPartial()) {
                owners.clear();
                owners.putAll(before);
                return new UspError(refused.get());
            }
            if (refused.isEmpty()) {
                owners.put(path, service);
            }
            results.add(new RegisteredPathResult(
                    path,
                    refused.<RegisterResponse.OperationStatus>map(RegisterResponse.OperationFailure::new)
                            .orElseGet(() -> new RegisterResponse.OperationSuccess(path))));
        }
        return new RegisterResponse(results);
    }

    private Optional<Fault> refusal(EndpointId service, String path, Predicate<String> trusted) {
        Optional<Fault> never = rules.refusal(path);
        if (never.isPresent()) {
            return never;
        }
        for (Map.Entry<String, EndpointId> taken : owners.entrySet()) {
            if (!taken.getValue().equals(service) && PathRules.overlap(taken.getKey(), path)) {
                return PathRules.inUse(path, "another Service has registered " + taken.getKey());
            }
        }
        if (!trusted.test(path)) {
            return Optional.of(
                    new Fault(StandardErrorCode.PERMISSION_DENIED, "this Service is not trusted to register " + path));
        }
        if (paths(service).size() >= Limits.PATHS_PER_SERVICE && !owners.containsKey(path)) {
            return Optional.of(new Fault(
                    StandardErrorCode.RESOURCES_EXCEEDED,
                    "a Service may register " + Limits.PATHS_PER_SERVICE + " paths"));
        }
        return Optional.empty();
    }

    /// Takes paths back: those named, or all of this Service where none is (R-DEREG.1 to R-DEREG.4).
    synchronized DeregisterResponse deregister(EndpointId service, DeregisterRequest request) {
        List<String> asked = request.paths().isEmpty() ? List.of("") : request.paths();
        List<DeregisteredPathResult> results = new ArrayList<>();
        for (String path : asked) {
            results.add(new DeregisteredPathResult(path, path.isEmpty() ? all(service) : one(service, path)));
        }
        return new DeregisterResponse(results);
    }

    private DeregisterResponse.OperationStatus all(EndpointId service) {
        return new DeregisterResponse.OperationSuccess(forget(service));
    }

    private DeregisterResponse.OperationStatus one(EndpointId service, String path) {
        EndpointId owner = owners.get(path);
        if (service.equals(owner)) {
            owners.remove(path);
            return new DeregisterResponse.OperationSuccess(List.of(path));
        }
        return new DeregisterResponse.OperationFailure(
                owner == null
                        ? new Fault(StandardErrorCode.DEREGISTER_FAILURE, "nobody has registered " + path)
                        : new Fault(
                                StandardErrorCode.PATH_ALREADY_REGISTERED, "another Service has registered " + path));
    }

    /// Takes back all that this Service has registered, and says what it was.
    synchronized List<String> forget(EndpointId service) {
        List<String> had = paths(service);
        had.forEach(owners::remove);
        return had;
    }

    synchronized List<String> paths(EndpointId service) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getValue().equals(service))
                .map(Map.Entry::getKey)
                .toList();
    }
}
