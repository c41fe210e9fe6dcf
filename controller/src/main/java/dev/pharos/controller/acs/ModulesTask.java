// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.ChangeDuStateResponse;
import dev.pharos.cwmp.rpc.CwmpFault;
import java.util.Optional;

/// Tells the device to install, update or remove software modules; how that ends it tells in a later session.
final class ModulesTask implements Task {
    private final Errand.ChangeModules errand;
    private final Runnable keeper;
    private final Progress progress;
    private boolean asked;

    /// @param keeper keeps the order until the device tells how it ended
    ModulesTask(Errand.ChangeModules errand, Runnable keeper, Progress progress) {
        this.errand = errand;
        this.keeper = keeper;
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (asked) {
            return Optional.empty();
        }
        asked = true;
        if (!progress.begun()) {
            return Optional.empty();
        }
        keeper.run();
        return Optional.of(new ChangeDuState(
                errand.changes().stream().map(ModuleChange::operation).toList(), errand.key()));
    }

    @Override
    public void answered(Answer answer) {
        progress.ended(
                switch (answer) {
                    case CwmpFault fault -> new ErrandEnd.Refused(fault);
                    case ChangeDuStateResponse _ ->
                        new ErrandEnd.UnderWay("The device is at work, and an event tells how it ended.");
                    default -> throw new IllegalArgumentException("no answer to a ChangeDUState: " + answer);
                });
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
