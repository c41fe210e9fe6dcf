// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.agent.operation.AsyncCommands;
import dev.pharos.agent.operation.RequestDispatcher;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.AddResponse.CreatedObjectResult;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Service as a part of the agent's data model.
final class ServiceMount implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceMount.class);

    private final ServicePeer peer;
    private final AsyncCommands asynchronous;
    private final Consumer<InstantiatedDataModel> watch;
    private volatile @Nullable Loaded loaded;
    private volatile String whyNot = "is not ready yet";
    private volatile List<String> registered = List.of();

    /// What was learnt of the Service's model.
    private record Loaded(
            Mirror mirror, RemoteCommands commands, ServiceSubscriptions subscriptions, RequestDispatcher dispatcher) {}

    /// @param watch is given each data model whose changes and events controllers may be told of
    ServiceMount(ServicePeer peer, AsyncCommands asynchronous, Consumer<InstantiatedDataModel> watch) {
        this.peer = peer;
        this.asynchronous = asynchronous;
        this.watch = watch;
    }

    ServicePeer peer() {
        return peer;
    }

    @Override
    public List<String> registered() {
        return registered;
    }

    /// The Service has registered these paths, and no others: asks it for its model and all that it has. Only
    /// called on the Service's own mailbox.
    ///
    /// @param agent the agent's own data model
    void load(List<String> paths, Snapshot agent) {
        unload();
        registered = List.copyOf(paths);
        if (paths.isEmpty()) {
            return;
        }
        try {
            ServiceModel model =
                    ServiceModel.of(paths, peer.call(new GetSupportedDmRequest(paths, false, true, true, true, true)));
            if (model.lies() > 0) {
                LOG.warn("{} speaks of {} objects that it may not or cannot have", peer.service(), model.lies());
            }
            ServiceSubscriptions subscriptions = new ServiceSubscriptions(peer, paths, model.model());
            RemoteCommands commands = new RemoteCommands(peer, subscriptions::endsAreTold);
            Mirror mirror = Mirror.of(peer, paths, new RemoteElement(model.model(), peer, commands));
            mirror.refresh();
            watch.accept(mirror.model());
            loaded = new Loaded(mirror, commands, subscriptions, new RequestDispatcher(mirror.model(), asynchronous));
            subscriptions.clear();
            subscriptions.follow(agent);
        } catch (UspException refused) {
            whyNot = "is not ready: " + refused.fault();
            LOG.warn("{} has registered {} but {}", peer.service(), paths, whyNot);
        }
    }

    /// The agent's subscriptions have changed.
    void subscriptionsChanged(Snapshot agent) {
        Loaded now = loaded;
        if (now != null) {
            now.subscriptions().follow(agent);
        }
    }

    void unload() {
        Loaded before = loaded;
        loaded = null;
        registered = List.of();
        if (before != null) {
            before.commands().gone();
            before.mirror().close();
        }
    }

    Optional<InstantiatedDataModel> model() {
        return Optional.ofNullable(loaded).map(now -> now.mirror().model());
    }

    @Override
    public Optional<Body> answer(Request<?> request, Requester requester) {
        Loaded now = loaded;
        if (now == null) {
            return Optional.of(
                    new UspError(new Fault(StandardErrorCode.INTERNAL_ERROR, peer.service() + " " + whyNot)));
        }
        try {
            refreshFor(request, now.mirror());
            // What the Targets of Roles search for may be here.
            Requester here = new Requester(
                    requester.endpointId(),
                    requester.row(),
                    requester.permissions().in(now.mirror().model().snapshot()));
            return request instanceof AddRequest add
                    ? Optional.of(add(add, here, now))
                    : now.dispatcher().answer(request, here);
        } catch (UspException failed) {
            return Optional.of(new UspError(failed.fault()));
        }
    }

    private static void refreshFor(Request<?> request, Mirror mirror) {
        switch (request) {
            case GetRequest get -> mirror.refreshFor(get.paramPaths());
            case GetInstancesRequest get -> mirror.refreshFor(get.objPaths());
            case SetRequest set ->
                mirror.refreshFor(set.updateObjects().stream()
                        .map(SetRequest.UpdateObject::objPath)
                        .toList());
            case AddRequest add ->
                mirror.refreshFor(add.createObjects().stream()
                        .map(AddRequest.CreateObject::objPath)
                        .toList());
            case DeleteRequest delete -> mirror.refreshFor(delete.objPaths());
            case OperateRequest operate ->
                mirror.refreshFor(
                        List.of(operate.command().substring(0, operate.command().lastIndexOf('.') + 1)));
            default -> {}
        }
    }

    /// Adds rows and calls them by the names that the Service gave them. With `allow_partial` each stands for
    /// itself anyway.
    private static Body add(AddRequest request, Requester requester, Loaded now) {
        if (!request.allowPartial() || request.createObjects().size() == 1) {
            return addTogether(request, requester, now);
        }
        List<CreatedObjectResult> results = new ArrayList<>();
        for (AddRequest.CreateObject object : request.createObjects()) {
            Body body = addTogether(new AddRequest(true, List.of(object)), requester, now);
            switch (body) {
                case AddResponse(List<CreatedObjectResult> some) -> results.addAll(some);
                case UspError error ->
                    results.add(
                            new CreatedObjectResult(object.objPath(), new AddResponse.OperationFailure(error.fault())));
                default -> throw new IllegalStateException("an Add was answered by " + body);
            }
        }
        return new AddResponse(results);
    }

    private static Body addTogether(AddRequest request, Requester requester, Loaded now) {
        Set<String> named = request.createObjects().stream()
                .flatMap(object -> object.paramSettings().stream())
                .map(ParameterSetting::param)
                .collect(Collectors.toSet());
        RemoteElement.Adding adding = new RemoteElement.Adding(named, new HashMap<>());
        Body body = ScopedValue.where(RemoteElement.Adding.CURRENT, adding)
                .call(() -> now.dispatcher().answer(request, requester))
                .orElseThrow();
        if (!(body instanceof AddResponse(List<CreatedObjectResult> results))) {
            return body;
        }
        Snapshot after = now.mirror().model().snapshot();
        return new AddResponse(results.stream()
                .map(result -> result.operationStatus() instanceof AddResponse.OperationSuccess success
                        ? new CreatedObjectResult(
                                result.requestedPath(), renamed(success, adding.renamed(), after, requester))
                        : result)
                .toList());
    }

    private static AddResponse.OperationSuccess renamed(
            AddResponse.OperationSuccess success, Map<String, String> names, Snapshot after, Requester requester) {
        String path = names.getOrDefault(success.instantiatedPath(), success.instantiatedPath());
        Map<String, String> keys = new LinkedHashMap<>();
        after.object(path).map(ObjectInstance::uniqueKeys).orElse(Map.of()).forEach((name, value) -> {
            if (requester.permissions().allows(Right.READ_PARAMETER, path + name)) {
                keys.put(name, value);
            }
        });
        return new AddResponse.OperationSuccess(path, success.paramErrors(), keys);
    }

    /// What the Service tells. What does not fit its own model is let go.
    void notified(Notification notification) {
        Loaded now = loaded;
        if (now == null) {
            return;
        }
        Mirror mirror = now.mirror();
        try {
            switch (notification) {
                case Notification.ValueChange(String path, String value) ->
                    mirror.element().context().update(transaction -> {
                        RemoteElement.tell(transaction, path, value);
                        return path;
                    });
                case Notification.ObjectCreation created -> mirror.refreshFor(List.of(created.objPath()));
                case Notification.ObjectDeletion(String path) ->
                    mirror.element().context().update(transaction -> {
                        if (transaction.snapshot().object(path).isPresent()) {
                            transaction.delete(path);
                        }
                        return path;
                    });
                case Notification.Event event ->
                    mirror.element().context().raise(event.objPath(), event.eventName(), event.params());
                case Notification.OperationComplete complete -> now.commands().ended(complete);
                case Notification.OnBoardRequest _ -> {}
            }
        } catch (UspException | IllegalArgumentException contradicted) {
            LOG.debug("{} tells what its model does not have: {}", peer.service(), contradicted.getMessage());
        }
    }
}
