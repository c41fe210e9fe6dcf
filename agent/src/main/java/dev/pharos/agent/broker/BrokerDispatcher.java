// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.agent.access.Requester;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Splits each request across the agent and its Services and puts their answers together, in the order of the
/// request.
final class BrokerDispatcher {
    private BrokerDispatcher() {}

    static Optional<Body> answer(Request<?> request, Requester requester, Targets targets) {
        return switch (request) {
            case GetRequest get -> Optional.of(get(get, requester, targets));
            case GetInstancesRequest get -> Optional.of(instances(get, requester, targets));
            case GetSupportedDmRequest get -> Optional.of(supported(get, requester, targets));
            case SetRequest set -> Optional.of(set(set, requester, targets));
            case AddRequest add -> Optional.of(add(add, requester, targets));
            case DeleteRequest delete -> Optional.of(delete(delete, requester, targets));
            case OperateRequest operate -> operate(operate, requester, targets);
            case GetSupportedProtocolRequest _, NotifyRequest _, RegisterRequest _, DeregisterRequest _ ->
                targets.agent().answer(request, requester);
        };
    }

    private static GetResponse get(GetRequest request, Requester requester, Targets targets) {
        RequestSplit<String> split = new RequestSplit<>(request.paramPaths(), path -> path, targets, true);
        split.ask(paths -> new GetRequest(paths, request.maxDepth()), requester);
        return new GetResponse(each(split, (path, parts) -> Merge.get(path, parts)));
    }

    private static GetInstancesResponse instances(GetInstancesRequest request, Requester requester, Targets targets) {
        RequestSplit<String> split = new RequestSplit<>(request.objPaths(), path -> path, targets, true);
        split.ask(paths -> new GetInstancesRequest(paths, request.firstLevelOnly()), requester);
        return new GetInstancesResponse(each(split, (path, parts) -> Merge.instances(path, parts)));
    }

    private static GetSupportedDmResponse supported(
            GetSupportedDmRequest request, Requester requester, Targets targets) {
        RequestSplit<String> split = new RequestSplit<>(request.objPaths(), path -> path, targets, true);
        split.ask(
                paths -> new GetSupportedDmRequest(
                        paths,
                        request.firstLevelOnly(),
                        request.returnCommands(),
                        request.returnEvents(),
                        request.returnParams(),
                        request.returnUniqueKeySets()),
                requester);
        return new GetSupportedDmResponse(each(split, (path, parts) -> Merge.supported(path, parts)));
    }

    private static Body set(SetRequest request, Requester requester, Targets targets) {
        RequestSplit<SetRequest.UpdateObject> split =
                new RequestSplit<>(request.updateObjects(), SetRequest.UpdateObject::objPath, targets, false);
        return changing(
                split,
                request.allowPartial(),
                objects -> new SetRequest(request.allowPartial(), objects),
                requester,
                () -> new SetResponse(each(split, (object, parts) -> Merge.set(object.objPath(), parts.getFirst()))));
    }

    private static Body add(AddRequest request, Requester requester, Targets targets) {
        RequestSplit<AddRequest.CreateObject> split =
                new RequestSplit<>(request.createObjects(), AddRequest.CreateObject::objPath, targets, false);
        return changing(
                split,
                request.allowPartial(),
                objects -> new AddRequest(request.allowPartial(), objects),
                requester,
                () -> Merge.added(request, split));
    }

    private static Body delete(DeleteRequest request, Requester requester, Targets targets) {
        RequestSplit<String> split = new RequestSplit<>(request.objPaths(), path -> path, targets, false);
        return changing(
                split,
                request.allowPartial(),
                paths -> new DeleteRequest(request.allowPartial(), paths),
                requester,
                () -> new DeleteResponse(each(split, (path, parts) -> Merge.deleted(path, parts.getFirst()))));
    }

    /// A request that is all or nothing goes to one only: nobody could take back what another has done.
    private static <I> Body changing(
            RequestSplit<I> split,
            boolean allowPartial,
            Function<List<I>, Request<?>> part,
            Requester requester,
            java.util.function.Supplier<Body> merged) {
        if (!split.isForOne() && !allowPartial) {
            return new UspError(new Fault(
                    StandardErrorCode.REQUEST_DENIED,
                    "with allow_partial false a request may not span several USP Services; nothing was changed"));
        }
        split.ask(part, requester);
        if (split.isForOne() && split.size() > 0) {
            Body only = split.parts(0).getFirst().body();
            if (!(only instanceof UspError) || !allowPartial) {
                return only;
            }
        }
        return merged.get();
    }

    private static Optional<Body> operate(OperateRequest request, Requester requester, Targets targets) {
        Target target = targets.of(request.command(), false).getFirst();
        Optional<Body> answer = target.answer(request, requester);
        if (!target.registered().isEmpty() && answer.isPresent() && answer.get() instanceof UspError error) {
            return request.sendResponse()
                    ? Optional.of(new OperateResponse(List.of(new OperateResponse.OperationResult(
                            request.command(), new OperateResponse.CommandFailure(error.fault())))))
                    : Optional.empty();
        }
        return answer;
    }

    private static <I, R> List<R> each(RequestSplit<I> split, BiFunction<I, List<RequestSplit.Part>, R> merge) {
        List<R> results = new ArrayList<>();
        for (int i = 0; i < split.size(); i++) {
            results.add(merge.apply(split.item(i), split.parts(i)));
        }
        return results;
    }
}
