// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.usp.Fault;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.DeregisterResponse;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.RegisterResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is missing in an answer for its step to be done. A read has succeeded where one of its paths has; a change
/// where
/// all of it has, or any of it where the request allows that.
final class Shortfall {
    private final List<String> faults = new ArrayList<>();
    private int successes;

    private Shortfall() {}

    /// @return the first of the faults as a sentence, or empty where the step is done
    static Optional<String> of(Request<?> request, Response response) {
        Shortfall shortfall = new Shortfall();
        shortfall.count(response);
        boolean anyWill = switch (request) {
            case SetRequest set -> set.allowPartial();
            case AddRequest add -> add.allowPartial();
            case DeleteRequest delete -> delete.allowPartial();
            case GetRequest _, GetInstancesRequest _ -> true;
            case OperateRequest _,
                    GetSupportedDmRequest _,
                    GetSupportedProtocolRequest _,
                    NotifyRequest _,
                    RegisterRequest _,
                    DeregisterRequest _ -> false;
        };
        if (shortfall.faults.isEmpty() || (anyWill && shortfall.successes > 0)) {
            return Optional.empty();
        }
        int more = shortfall.faults.size() - 1;
        return Optional.of(shortfall.faults.getFirst() + (more == 0 ? "" : ", and " + more + " more"));
    }

    private void count(Response response) {
        switch (response) {
            case GetResponse got ->
                got.requestedPathResults().forEach(each -> note(each.requestedPath(), each.fault()));
            case GetInstancesResponse got ->
                got.requestedPathResults().forEach(each -> note(each.requestedPath(), each.fault()));
            case SetResponse set ->
                set.updatedObjectResults()
                        .forEach(each -> note(
                                each.requestedPath(),
                                each.operationStatus() instanceof SetResponse.OperationFailure failure
                                        ? Optional.of(failure.fault())
                                        : Optional.empty()));
            case AddResponse added ->
                added.createdObjectResults()
                        .forEach(each -> note(
                                each.requestedPath(),
                                each.operationStatus() instanceof AddResponse.OperationFailure failure
                                        ? Optional.of(failure.fault())
                                        : Optional.empty()));
            case DeleteResponse deleted -> deleted.deletedObjectResults().forEach(this::note);
            case OperateResponse done ->
                done.operationResults()
                        .forEach(each -> note(
                                each.executedCommand(),
                                each.outcome() instanceof OperateResponse.CommandFailure failure
                                        ? Optional.of(failure.fault())
                                        : Optional.empty()));
            case GetSupportedDmResponse _,
                    GetSupportedProtocolResponse _,
                    NotifyResponse _,
                    RegisterResponse _,
                    DeregisterResponse _ -> successes++;
        }
    }

    private void note(DeleteResponse.DeletedObjectResult result) {
        switch (result.operationStatus()) {
            case DeleteResponse.OperationFailure failure -> note(result.requestedPath(), Optional.of(failure.fault()));
            case DeleteResponse.OperationSuccess success -> {
                success.unaffectedPathErrors()
                        .forEach(stayed -> note(stayed.unaffectedPath(), Optional.of(stayed.fault())));
                successes++;
            }
        }
    }

    private void note(String path, Optional<Fault> fault) {
        fault.ifPresentOrElse(present -> faults.add(present + " (" + path + ")"), () -> successes++);
    }
}
