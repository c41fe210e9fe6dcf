// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.Reboot;
import java.util.Optional;

/// Restarts the device when the session is over.
final class RestartTask implements Task {
    private final Errand.Restart errand;
    private final String commandKey;
    private final Progress progress;
    private boolean asked;

    /// @param commandKey by which the device names the restart afterwards, up to 32 characters
    RestartTask(Errand.Restart errand, String commandKey, Progress progress) {
        this.errand = errand;
        this.commandKey = commandKey;
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
        return Optional.of(errand.factoryReset() ? new FactoryReset() : new Reboot(commandKey));
    }

    @Override
    public void answered(Answer answer) {
        progress.ended(answer instanceof CwmpFault fault ? new ErrandEnd.Refused(fault) : new ErrandEnd.Done(true));
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
