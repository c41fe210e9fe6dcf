// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ErrandEnd;
import dev.pharos.controller.acs.ModuleCommands;
import dev.pharos.controller.acs.ModuleCommands.Meaning;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.server.rest.json.NextSession;
import dev.pharos.server.rest.json.OperFailure;
import dev.pharos.server.rest.json.OperateAnswer;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.OperateRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;

/// Commands on software modules of devices that are managed over TR-069, by the words of USP. An event tells how each
/// has ended, with the command key of whoever asked.
final class CwmpModules {
    private final CwmpChanges changes;
    private final TwinStore twins;

    CwmpModules(CwmpChanges changes, TwinStore twins) {
        this.changes = changes;
        this.twins = twins;
    }

    OperateAnswer operate(EndpointId device, OperateRequest request, Duration wait, HttpServletResponse response) {
        return switch (ModuleCommands.of(device, request, twins)) {
            case Meaning.ToDo(Errand errand, List<String> commands) ->
                switch (changes.ask(device, errand, wait, response)) {
                    case CwmpChanges.Outcome.Waits(NextSession session) ->
                        new OperateAnswer(
                                commands.stream().map(CwmpOutcomes::underWay).toList(), session);
                    case CwmpChanges.Outcome.Ended(ErrandEnd end, NextSession session) ->
                        new OperateAnswer(
                                commands.stream()
                                        .map(command -> CwmpOutcomes.operated(command, end))
                                        .toList(),
                                session);
                };
            case Meaning.NoUnit _ ->
                new OperateAnswer(List.of(new OperateAnswer.OperationResult(
                        request.command(),
                        null,
                        null,
                        new OperFailure(
                                StandardErrorCode.OBJECT_DOES_NOT_EXIST.code(),
                                "the device had no such unit when it was last here"))));
            case Meaning.Impossible(String why) ->
                throw new ApiException(409, "Not over TR-069", device + " is managed over TR-069: " + why + ".");
        };
    }
}
