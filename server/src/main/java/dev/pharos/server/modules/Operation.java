// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.modules;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.server.firmware.UpgradeNews;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One InstallDU(), Update() or Uninstall() on one device, from the order to its end. It keeps nothing itself: what was
/// ordered is found out from the device and the history by the command key, so that another server can go on with it,
/// and nothing is ordered twice.
///
/// @param command its path
/// @param key its command key
/// @param what for people, after "the device is told to"
record Operation(
        DeployChore.Parts parts,
        EndpointId device,
        String command,
        String key,
        Map<String, String> arguments,
        String what) {

    /// @param shelf what the device said just before
    /// @return why it failed; empty where the device says that it did not
    /// @throws CallException where the device does not answer before anything has begun
    Optional<String> run(ModuleShelf shelf) throws CallException, InterruptedException {
        UpgradeNews news =
                new UpgradeNews(parts.stores().events(), device, event -> UpgradeNews.overUsp(event, key), key);
        news.read();
        boolean ordered = shelf.isBusyWith(key) || news.ended().isPresent() || (isOverTr069() && news.begun());
        if (!ordered) {
            tell();
            Optional<String> refused = order();
            if (refused.isPresent()) {
                return refused;
            }
        }
        return follow(news);
    }

    private boolean isOverTr069() {
        return parts.line().office().isManaged(device);
    }

    private Optional<String> order() throws CallException {
        try {
            Response response =
                    parts.line().call(device, new OperateRequest(command, key, true, arguments), Limits.ANSWER);
            if (!(response instanceof OperateResponse answer)
                    || answer.operationResults().isEmpty()) {
                return Optional.of("the device answered nothing that it was asked");
            }
            return answer.operationResults().getFirst().outcome() instanceof OperateResponse.CommandFailure failure
                    ? Optional.of("the device refused: " + failure.fault())
                    : Optional.empty();
        } catch (CallTimedOutException | DeviceUnreachableException unknown) {
            if (Thread.currentThread().isInterrupted()) {
                throw unknown;
            }
            // whether it has begun is found out
            return Optional.empty();
        }
    }

    private Optional<String> follow(UpgradeNews news) throws CallException, InterruptedException {
        Instant since = parts.clock().instant();
        Instant busy = since;
        while (true) {
            news.read();
            Optional<UpgradeNews.Ended> ended = news.ended();
            if (ended.isPresent()) {
                return Optional.of(ended.get().fault()).filter(fault -> !fault.isEmpty());
            }
            Thread.sleep(Limits.POLL);
            Instant now = parts.clock().instant();
            // over TR-069 the end comes with a later session, and nobody is asked until then
            busy = isOverTr069() || isBusy() ? now : busy;
            if (now.isAfter(busy.plus(Limits.UNTOLD))) {
                return Optional.of(
                        "what became of it is not known: the device no longer works on it, and has told nothing");
            }
            if (now.isAfter(since.plus(Limits.OPERATION))) {
                return Optional.of("it is not over after " + Limits.OPERATION.toHours() + " hours");
            }
        }
    }

    /// Also where the device does not say, since it is away.
    private boolean isBusy() throws CallException {
        try {
            return look(parts, device).isBusyWith(key);
        } catch (CallException away) {
            if (Thread.currentThread().isInterrupted()) {
                throw away;
            }
            return true;
        }
    }

    static ModuleShelf look(DeployChore.Parts parts, EndpointId device) throws CallException {
        List<String> paths = parts.line().office().isManaged(device) ? ModuleShelf.OVER_TR069 : ModuleShelf.PATHS;
        Response answer = parts.line().call(device, new GetRequest(paths, 0), Limits.ANSWER);
        return ModuleShelf.of(answer instanceof GetResponse got ? got : new GetResponse(List.of()));
    }

    /// It is known by this, too, that the device was told.
    private void tell() {
        parts.history()
                .accept(new NewEvent(
                        new DeviceEvent(
                                parts.clock().instant(),
                                Optional.of(device),
                                EventKind.JOB,
                                "",
                                "",
                                "",
                                Map.of(UpgradeNews.KEY, key, UpgradeNews.TOLD, "true"),
                                "",
                                "modules: the device is told to " + what),
                        ""));
    }
}
