// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.twin;

import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.DeregisterResponse;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.RegisterResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the twins up to date with what devices say. Secrets are noted as such and never kept.
public final class Twins {
    private static final Logger LOG = LoggerFactory.getLogger(Twins.class);

    /// Parameters that have a link for a test of transfers, which is good for whoever has all of it.
    private static final Set<String> LINKS = Set.of("DownloadURL", "UploadURL");

    private final TwinStore store;
    private final Clock clock;
    private final SupportedParameters supported = new SupportedParameters();

    public Twins(TwinStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Learns from the answer to a request. A twin that could not be kept is no reason to withhold the
    /// answer, so it is only logged.
    public void learn(EndpointId device, Request<?> request, Response response, TwinValue.Source getSource) {
        try {
            switch (response) {
                case GetResponse got -> learnGet(device, request, got, getSource);
                case SetResponse set -> keep(device, set(set), getSource);
                case AddResponse added -> keep(device, added(request, added), getSource);
                case DeleteResponse deleted -> gone(deleted).forEach(path -> store.removeUnder(device, path));
                case OperateResponse ignored -> {}
                case GetInstancesResponse ignored -> {}
                case GetSupportedDmResponse ignored -> {}
                case GetSupportedProtocolResponse ignored -> {}
                case NotifyResponse ignored -> {}
                case RegisterResponse ignored -> {}
                case DeregisterResponse ignored -> {}
            }
        } catch (StoreException failed) {
            LOG.warn("the twin of {} could not be kept", device, failed);
        }
    }

    /// Applies what notifications told, in their order, with one call of the store for as many as possible.
    public void apply(List<Map.Entry<EndpointId, TwinChange>> changes) {
        Map<EndpointId, List<TwinValue>> values = new LinkedHashMap<>();
        for (Map.Entry<EndpointId, TwinChange> change : changes) {
            switch (change.getValue()) {
                case TwinChange.Values learnt ->
                    values.computeIfAbsent(change.getKey(), device -> new ArrayList<>())
                            .addAll(learnt.values());
                case TwinChange.Gone gone -> {
                    List<TwinValue> before = values.remove(change.getKey());
                    if (before != null) {
                        store.put(change.getKey(), before);
                    }
                    store.removeUnder(change.getKey(), gone.objectPath());
                }
            }
        }
        if (!values.isEmpty()) {
            store.putAll(values);
        }
    }

    /// Waits until everything that was learnt of the device is kept.
    ///
    /// @throws StoreException where it could not be
    public void awaitKept(EndpointId device) {
        store.awaitKept(device);
    }

    public TwinValue value(String path, String value, TwinValue.Source source) {
        boolean secret = Secrets.isSecret(path);
        return new TwinValue(path, secret ? "" : shown(path, value), secret, clock.instant(), source);
    }

    private static String shown(String path, String value) {
        return LINKS.contains(path.substring(path.lastIndexOf('.') + 1))
                ? SecretParameters.BY_NAME.masked(value)
                : value;
    }

    /// Learns from reports of bulk data that the device made by itself and delivered together, all in one step. What
    /// the
    /// data model does not have is not kept, nor does the twin take what is older than what it knows.
    ///
    /// @param model empty of a device that tells none, as over TR-069
    public Learnt report(EndpointId device, Optional<SupportedModel> model, List<DeviceReport> reports) {
        ReportedValues values = new ReportedValues(store, device, model.map(supported::of), clock.instant());
        values.addAll(reports);
        return values.keep();
    }

    private void put(EndpointId device, List<TwinValue> values) {
        if (!values.isEmpty()) {
            store.put(device, values);
        }
    }

    /// What we write ourselves while a device is learnt is kept with what is read of it then.
    private void keep(EndpointId device, List<TwinValue> values, TwinValue.Source source) {
        if (source != TwinValue.Source.ONBOARDING) {
            put(device, values);
        } else if (!values.isEmpty()) {
            store.putSoon(device, values);
        }
    }

    private void learnGet(EndpointId device, Request<?> request, GetResponse response, TwinValue.Source source) {
        boolean whole = request instanceof GetRequest get && get.maxDepth() == 0;
        for (GetResponse.RequestedPathResult result : response.requestedPathResults()) {
            List<TwinValue> values = new ArrayList<>();
            for (GetResponse.ResolvedPathResult object : result.resolvedPathResults()) {
                addAll(values, object.resolvedPath(), object.resultParams(), source);
            }
            if (values.size() > Limits.TWIN_VALUES_PER_DEVICE) {
                LOG.warn(
                        "{} has {} parameters below {}; only {} are kept",
                        device,
                        values.size(),
                        result.requestedPath(),
                        Limits.TWIN_VALUES_PER_DEVICE);
                values = values.subList(0, Limits.TWIN_VALUES_PER_DEVICE);
            }
            boolean all = whole && result.fault().isEmpty() && isPlainObject(result.requestedPath());
            if (source == TwinValue.Source.GET || source == TwinValue.Source.ONBOARDING) {
                keepSoon(device, all, result.requestedPath(), values);
            } else if (all) {
                store.replaceUnder(device, result.requestedPath(), values);
            } else {
                put(device, values);
            }
        }
    }

    /// Whoever reads a device wants its answer, and not to wait until it is kept.
    ///
    /// @param all whether the values are all that there is below the path
    private void keepSoon(EndpointId device, boolean all, String path, List<TwinValue> values) {
        if (all) {
            store.replaceUnderSoon(device, path, values);
        } else if (!values.isEmpty()) {
            store.putSoon(device, values);
        }
    }

    /// Whether a path names one object and no search, so that its answer says everything below it.
    private static boolean isPlainObject(String path) {
        return path.endsWith(".") && path.indexOf('*') < 0 && path.indexOf('[') < 0 && path.indexOf('+') < 0;
    }

    private List<TwinValue> set(SetResponse response) {
        List<TwinValue> values = new ArrayList<>();
        for (SetResponse.UpdatedObjectResult object : response.updatedObjectResults()) {
            if (object.operationStatus() instanceof SetResponse.OperationSuccess success) {
                success.updatedInstanceResults()
                        .forEach(row -> addAll(values, row.affectedPath(), row.updatedParams(), TwinValue.Source.SET));
            }
        }
        return values;
    }

    private List<TwinValue> added(Request<?> request, AddResponse response) {
        List<TwinValue> values = new ArrayList<>();
        for (AddResponse.CreatedObjectResult object : response.createdObjectResults()) {
            if (object.operationStatus() instanceof AddResponse.OperationSuccess success) {
                Map<String, String> known = new LinkedHashMap<>(settings(request, object.requestedPath()));
                success.paramErrors().forEach(failed -> known.remove(failed.param()));
                known.putAll(success.uniqueKeys());
                addAll(values, success.instantiatedPath(), known, TwinValue.Source.SET);
            }
        }
        return values;
    }

    private static Map<String, String> settings(Request<?> request, String objPath) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (request instanceof AddRequest add) {
            List<AddRequest.CreateObject> same = add.createObjects().stream()
                    .filter(object -> object.objPath().equals(objPath))
                    .toList();
            if (same.size() == 1) {
                same.getFirst().paramSettings().forEach(setting -> settings.put(setting.param(), setting.value()));
            }
        }
        return settings;
    }

    private static List<String> gone(DeleteResponse response) {
        List<String> paths = new ArrayList<>();
        for (DeleteResponse.DeletedObjectResult object : response.deletedObjectResults()) {
            if (object.operationStatus() instanceof DeleteResponse.OperationSuccess success) {
                paths.addAll(success.affectedPaths());
            }
        }
        return paths;
    }

    private void addAll(List<TwinValue> values, String object, Map<String, String> params, TwinValue.Source source) {
        params.forEach((name, value) -> values.add(value(object + name, value, source)));
    }
}
