// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.modules;

import dev.pharos.controller.campaign.CampaignStore;
import dev.pharos.controller.job.CwmpLine;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Rollout;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.Stores;
import dev.pharos.server.firmware.ImageAudience;
import dev.pharos.server.store.ModuleStore.StoredModule;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings software modules of the catalogue to devices, and takes them away.
///
/// @param parts what it works with
public record DeployChore(Parts parts) implements DeviceChore {

    /// What it works with.
    ///
    /// @param campaigns keeps what devices had before one of them came
    /// @param history where it is told how far a device is
    public record Parts(
            ModuleCatalogue catalogue,
            CampaignStore campaigns,
            Stores stores,
            ImageAudience audience,
            CwmpLine line,
            Consumer<NewEvent> history,
            Clock clock) {}

    /// All other work is somebody else's.
    public DeviceChore before(DeviceChore others) {
        return (task, masked) -> task.work() instanceof JobWork.Deploy || task.work() instanceof JobWork.DeployBack
                ? carryOut(task, masked)
                : others.carryOut(task, masked);
    }

    @Override
    public End carryOut(Task task, MaskedMessages masked) throws CallException {
        try {
            return switch (task.work()) {
                case JobWork.Deploy(long campaign, Rollout rollout, String key) ->
                    forth(task.device(), campaign, rollout, key);
                case JobWork.DeployBack(long campaign, long module, String key) ->
                    back(task.device(), campaign, module, key);
                case JobWork.Script _,
                        JobWork.Hold _,
                        JobWork.Bring _,
                        JobWork.Restore _,
                        JobWork.Upgrade _,
                        JobWork.RollBack _,
                        JobWork.Migrate _,
                        JobWork.MigrateBack _ -> throw new IllegalArgumentException("no modules: " + task.work());
            };
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CallTimedOutException(task.device(), "the server stops", true);
        }
    }

    private End forth(EndpointId device, long campaign, Rollout rollout, String key)
            throws CallException, InterruptedException {
        Optional<StoredModule> module = parts.catalogue().find(rollout.module());
        if (module.isEmpty()) {
            return gone(rollout.module());
        }
        boolean meant = rollout.action() == Rollout.Action.UNINSTALL
                || parts.audience().includes(module.get().image(), device);
        return meant
                ? new Deployment(parts, device, module.get(), key).forth(campaign, rollout)
                : failed("the module is for others: " + module.get().image().devices());
    }

    private End back(EndpointId device, long campaign, long number, String key)
            throws CallException, InterruptedException {
        String before = parts.campaigns().former(campaign, device).orElse("");
        if (before.isEmpty()) {
            return new End.Done("the campaign had not come to it", Optional.empty());
        }
        Optional<StoredModule> module = parts.catalogue().find(number);
        return module.isEmpty() ? gone(number) : new Deployment(parts, device, module.get(), key).back(before);
    }

    private static End gone(long module) {
        return failed("software module " + module + " has been deleted");
    }

    static End failed(String why) {
        return new End.Failed(why, Optional.empty());
    }
}
