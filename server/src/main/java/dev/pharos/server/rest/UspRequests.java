// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.server.rest.json.AddAnswer;
import dev.pharos.server.rest.json.DeleteAnswer;
import dev.pharos.server.rest.json.GetAnswer;
import dev.pharos.server.rest.json.JobBody;
import dev.pharos.server.rest.json.OperateAnswer;
import dev.pharos.server.rest.json.OperateBody;
import dev.pharos.server.rest.json.SetAnswer;
import dev.pharos.server.rest.json.StepText;
import dev.pharos.server.rest.json.UspAnswers;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Requests of people and programs to one device, over whatever protocol it is managed, by whatever interface they
/// come:
/// what somebody may not change is refused, what nobody should do alone waits, and who did what is written down.
///
/// All of them throw [ApiException] where the request is refused here, and [CallException] where the device, or the way
/// to it, does.
public final class UspRequests {
    private final UspController controller;
    private final CwmpRequests cwmp;
    private final FourEyes fourEyes;
    private final Audit audit;

    public UspRequests(UspController controller, CwmpRequests cwmp, FourEyes fourEyes, Audit audit) {
        this.controller = controller;
        this.cwmp = cwmp;
        this.fourEyes = fourEyes;
        this.audit = audit;
    }

    /// The same, but a device of TR-069 that cannot be asked now is not asked in its next session either.
    public UspRequests nowOnly() {
        return new UspRequests(controller, cwmp.nowOnly(), fourEyes, audit);
    }

    /// @param response gets another status where a device of TR-069 is asked later, here and in the others
    public GetAnswer get(EndpointId id, GetRequest request, Duration wait, HttpServletResponse response)
            throws CallException {
        return cwmp.manages(id) ? cwmp.get(id, request, wait, response) : UspAnswers.of(call(id, request, wait));
    }

    public SetAnswer set(Principal user, EndpointId id, SetRequest request, Duration wait, HttpServletResponse response)
            throws CallException {
        Delicate.check(ChangedPaths.of(request));
        record(
                user,
                "set",
                id,
                request.updateObjects().stream()
                        .map(object -> object.objPath() + " " + settings(object.paramSettings()))
                        .collect(Collectors.joining("; ")));
        return cwmp.manages(id)
                ? cwmp.changes().set(id, request, wait, response)
                : UspAnswers.of(call(id, request, wait));
    }

    public AddAnswer add(Principal user, EndpointId id, AddRequest request, Duration wait, HttpServletResponse response)
            throws CallException {
        Delicate.check(ChangedPaths.of(request));
        record(
                user,
                "add",
                id,
                request.createObjects().stream()
                        .map(object -> object.objPath() + " " + settings(object.paramSettings()))
                        .collect(Collectors.joining("; ")));
        return cwmp.manages(id)
                ? cwmp.changes().add(id, request, wait, response)
                : UspAnswers.of(call(id, request, wait));
    }

    public DeleteAnswer delete(
            Principal user, EndpointId id, DeleteRequest request, Duration wait, HttpServletResponse response)
            throws CallException {
        Delicate.check(ChangedPaths.of(request));
        record(user, "delete", id, String.join("; ", request.objPaths()));
        return cwmp.manages(id)
                ? cwmp.changes().delete(id, request, wait, response)
                : UspAnswers.of(call(id, request, wait));
    }

    public OperateAnswer operate(
            Principal user, EndpointId id, OperateBody body, Duration wait, HttpServletResponse response)
            throws CallException {
        OperateRequest request = body.toRequest();
        Delicate.check(ChangedPaths.of(request));
        if (Delicate.forgetsAll(request.command())) {
            requireKnown(id);
            fourEyes.check(
                    user,
                    new FourEyes.Change(
                            new HeldWork.MadeJob(JobBody.of(id.toString(), body)),
                            request.command() + " of " + id,
                            1,
                            List.of(StepText.of(request)),
                            List.of(id.toString()),
                            true));
        }
        record(user, "operate", id, request.command() + " " + Secrets.masked(request.inputArgs()));
        return cwmp.manages(id)
                ? cwmp.changes().operate(id, request, wait, response)
                : UspAnswers.of(call(id, request, wait));
    }

    /// What only devices of USP are asked for.
    <R extends Response> R overUsp(EndpointId id, Request<R> request, Duration wait) throws CallException {
        if (cwmp.manages(id)) {
            throw CwmpRequests.onlyOverUsp(id);
        }
        return call(id, request, wait);
    }

    private <R extends Response> R call(EndpointId id, Request<R> request, Duration wait) throws CallException {
        try {
            return controller.call(id, request, wait);
        } catch (CallException failed) {
            requireKnown(id);
            throw failed;
        }
    }

    private void record(Principal user, String action, EndpointId id, String detail) {
        requireKnown(id);
        audit.record(user, action, id.toString(), detail);
    }

    private void requireKnown(EndpointId id) {
        if (controller.stores().devices().find(id).isEmpty()) {
            throw ApiException.unknownDevice(id.toString());
        }
    }

    private static String settings(List<ParameterSetting> settings) {
        return settings.stream()
                .map(setting -> setting.param() + "=" + Secrets.masked(setting.param(), setting.value()))
                .collect(Collectors.joining(", "));
    }
}
