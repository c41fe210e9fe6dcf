// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.GetOptionsResponse;
import dev.pharos.cwmp.rpc.GetQueuedTransfersResponse;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.UspError;
import java.util.List;
import java.util.Optional;

/// Ends errands of a device, whichever way they were done: they wait no more, whoever has asked hears of it, and
/// an event tells it.
record ErrandClosing(AcsOffice office, EndpointId device) {
    void ended(StoredErrand stored, ErrandEnd end) {
        finish(stored, end);
        if (!tellOfCommands(stored.errand(), end, 0)) {
            tell(stored, end);
        }
    }

    /// The same where the device itself tells how its commands end that it has begun, as it does over USP.
    ///
    /// @param begun so many of several commands
    void endedOverUsp(StoredErrand stored, ErrandEnd end, int begun) {
        finish(stored, end);
        if (!(end instanceof ErrandEnd.UnderWay) && !tellOfCommands(stored.errand(), end, begun)) {
            tell(stored, end);
        }
    }

    private void finish(StoredErrand stored, ErrandEnd end) {
        if (stored.errand() instanceof Errand.ChangeModules order && !(end instanceof ErrandEnd.UnderWay)) {
            office.modules().remove(device, order.key());
        }
        office.errands().done(stored);
        office.ended(stored, end);
    }

    /// Whoever has asked for something with software modules by a command hears of the end of that command.
    ///
    /// @return whether it was one of those
    private boolean tellOfCommands(Errand errand, ErrandEnd end, int begun) {
        ModuleNews news = new ModuleNews(device, office.now());
        Optional<String> fault = switch (end) {
            case ErrandEnd.Refused(CwmpFault refused) ->
                Optional.of(FaultMeaning.of(refused).fault().toString());
            case ErrandEnd.Declined(UspError error) -> Optional.of(error.fault().toString());
            case ErrandEnd.Uncertain _ ->
                Optional.of("the session ended over it, and nobody knows whether the device has begun it");
            case ErrandEnd.GivenUp _ -> Optional.of(Limits.ATTEMPTS + " sessions ended over it");
            default -> Optional.empty();
        };
        switch (errand) {
            case Errand.ChangeModules change -> {
                if (fault.isPresent()) {
                    change.changes().stream()
                            .skip(begun)
                            .forEach(each ->
                                    office.parts().events().note(news.ended(each.command(), each.commandKey(), fault)));
                }
            }
            case Errand.RequestStates request ->
                request.changes().stream()
                        .skip(begun)
                        .forEach(each ->
                                office.parts().events().note(news.ended(each.command(), each.commandKey(), fault)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void tell(StoredErrand stored, ErrandEnd end) {
        String asked = "as asked at " + stored.asked() + ": " + stored.errand();
        switch (end) {
            case ErrandEnd.Done(boolean inEffect) ->
                note(
                        EventKind.OPERATION_COMPLETE,
                        "done, " + asked
                                + (inEffect ? "" : " (" + stored.errand().afterwards() + ")"));
            case ErrandEnd.Added(String row) ->
                note(EventKind.OPERATION_COMPLETE, "done, " + asked + ", which is " + row);
            case ErrandEnd.Read(List<String> missing) -> {
                if (!missing.isEmpty()) {
                    note(EventKind.WARNING, "the device has nothing at " + String.join(", ", missing));
                }
            }
            case ErrandEnd.Answered(var response) -> {
                if (!(response instanceof GetAllQueuedTransfersResponse
                        || response instanceof GetQueuedTransfersResponse
                        || response instanceof GetOptionsResponse)) {
                    note(EventKind.OPERATION_COMPLETE, "done, " + asked);
                }
            }
            // whoever asked for it tells
            case ErrandEnd.Met _, ErrandEnd.Left _, ErrandEnd.UnderWay _ -> {}
            case ErrandEnd.Refused(CwmpFault fault) ->
                note(
                        EventKind.WARNING,
                        "the device refuses what was asked at " + stored.asked() + ": " + FaultMeaning.sentence(fault));
            case ErrandEnd.Declined(UspError error) ->
                note(EventKind.WARNING, "not done, " + asked + ": " + FaultMeaning.sentence(error));
            case ErrandEnd.Uncertain _ ->
                note(EventKind.WARNING, "the session ended over it, and nobody knows whether it was done, " + asked);
            case ErrandEnd.GivenUp _ ->
                note(
                        EventKind.WARNING,
                        "given up, for " + Limits.ATTEMPTS + " sessions ended over it: " + stored.errand());
            case ErrandEnd.Overdue _ -> note(EventKind.WARNING, "the device came too late to be asked, " + asked);
        }
    }

    private void note(EventKind kind, String text) {
        office.parts().events().note(DeviceEvent.of(office.now(), Optional.of(device), kind, text));
    }
}
