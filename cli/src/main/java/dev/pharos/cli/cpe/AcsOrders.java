// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.model.DeviceActions;
import dev.pharos.cwmp.model.FileCommand;
import dev.pharos.cwmp.model.ModuleActions;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.usp.UspException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the ACS has asked for that is no matter of the data model. What ends the life of the device is done
/// when the session is over.
final class AcsOrders implements DeviceActions {
    private static final Logger LOG = LoggerFactory.getLogger(AcsOrders.class);

    private final InstantiatedDataModel model;
    private final KeptContact kept;
    private final Carriers carriers;
    private final AcsContact.Surroundings around;
    private final Planner planner;
    private final Runnable leave;
    private Runnable afterwards = () -> {};

    /// Who does it.
    record Carriers(Transfers transfers, ModuleOrders modules, Kicks kicks) {}

    /// Plans Informs.
    interface Planner {
        /// @return false where too many are planned already
        boolean plan(Duration delay, String commandKey);
    }

    /// @param leave is called when the device is about to restart
    AcsOrders(
            InstantiatedDataModel model,
            KeptContact kept,
            Carriers carriers,
            AcsContact.Surroundings around,
            Planner planner,
            Runnable leave) {
        this.model = model;
        this.kept = kept;
        this.carriers = carriers;
        this.around = around;
        this.planner = planner;
        this.leave = leave;
    }

    @Override
    public boolean canRestart() {
        return around.canRestart();
    }

    @Override
    public void reboot(String commandKey) {
        afterwards = () -> {
            kept.rebooting(commandKey);
            operate("Device.Reboot()");
        };
    }

    @Override
    public void factoryReset() {
        afterwards = () -> {
            kept.forget();
            operate("Device.FactoryReset()");
        };
    }

    @Override
    public boolean canFetch() {
        return around.canRestart() && carriers.transfers().takesFirmware();
    }

    @Override
    public boolean carry(FileCommand order) {
        return carriers.transfers().take(order);
    }

    @Override
    public List<AnyQueuedTransfer> queued() {
        return carriers.transfers().queued();
    }

    @Override
    public boolean cancel(String commandKey) {
        return carriers.transfers().cancel(commandKey);
    }

    @Override
    public Optional<ModuleActions> modules() {
        return carriers.modules().isPossible() ? Optional.of(carriers.modules()) : Optional.empty();
    }

    @Override
    public boolean scheduleInform(Duration delay, String commandKey) {
        return planner.plan(delay, commandKey);
    }

    @Override
    public void answered(CpeRequest<?> request, Answer answer) {
        carriers.kicks().answered(request, answer);
    }

    @Override
    public void failed(String method, RuntimeException defect) {
        LOG.error("{} of the ACS could not be answered", method, defect);
    }

    /// @return false where the device does not do it
    boolean operate(String command) {
        try {
            model.operate(command, Map.of());
            leave.run();
            return true;
        } catch (UspException refused) {
            around.listener()
                    .said("the ACS asked for " + command + ", which failed: "
                            + refused.fault().errMsg());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /// Does what was only noted down during the session.
    void run() {
        Runnable now = afterwards;
        afterwards = () -> {};
        now.run();
    }
}
