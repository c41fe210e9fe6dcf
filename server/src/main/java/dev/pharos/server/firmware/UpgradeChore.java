// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.controller.job.AudienceReader;
import dev.pharos.controller.job.CwmpLine;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.Stores;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Has devices run an image of the repository.
public final class UpgradeChore implements DeviceChore {
    private final Parts parts;

    /// What it works with.
    ///
    /// @param former what devices ran before a campaign
    /// @param history where it is told how far a device is
    public record Parts(
            FirmwareRepository repository,
            FirmwareLinks links,
            FormerVersions former,
            Stores stores,
            AudienceReader audiences,
            CwmpLine line,
            Consumer<NewEvent> history,
            Clock clock) {}

    /// Knows what devices ran.
    @FunctionalInterface
    public interface FormerVersions {
        /// @return empty where the campaign does not concern the device
        Optional<String> before(long campaign, EndpointId device);
    }

    public UpgradeChore(Parts parts) {
        this.parts = parts;
    }

    /// All other work is somebody else's.
    public DeviceChore before(DeviceChore others) {
        return (task, masked) -> task.work() instanceof JobWork.Upgrade || task.work() instanceof JobWork.RollBack
                ? carryOut(task, masked)
                : others.carryOut(task, masked);
    }

    @Override
    public End carryOut(Task task, MaskedMessages masked) throws CallException {
        return switch (task.work()) {
            case JobWork.Upgrade(long number, String key) -> upgrade(task, number, key);
            case JobWork.RollBack(long campaign, String key) -> rollBack(task, campaign, key);
            case JobWork.Script _,
                    JobWork.Hold _,
                    JobWork.Bring _,
                    JobWork.Restore _,
                    JobWork.Deploy _,
                    JobWork.DeployBack _,
                    JobWork.Migrate _,
                    JobWork.MigrateBack _ -> throw new IllegalArgumentException("no firmware: " + task.work());
        };
    }

    private End upgrade(Task task, long number, String key) throws CallException {
        Optional<StoredImage> image = parts.repository().find(number);
        if (image.isEmpty()) {
            return failed("firmware image " + number + " has been deleted");
        }
        return isMeant(task.device(), image.get())
                ? bring(task, Wanted.of(image.get()), key)
                : failed("the image is for others: " + image.get().devices());
    }

    private End rollBack(Task task, long campaign, String key) throws CallException {
        String version = parts.former().before(campaign, task.device()).orElse("");
        if (version.isEmpty()) {
            return failed("what it ran before the campaign is not known");
        }
        Optional<StoredImage> image = parts.repository().all().stream()
                .filter(each -> each.version().equals(version) && isMeant(task.device(), each))
                .findFirst();
        return bring(task, new Wanted(version, image), key);
    }

    private End bring(Task task, Wanted wanted, String key) throws CallException {
        EndpointId device = task.device();
        try {
            if (!parts.line().office().isManaged(device)) {
                return new Upgrade(parts, device, wanted, key).run();
            }
            return wanted.image().isEmpty()
                    ? failed("over TR-069 it takes an image, and the repository has none of " + wanted.version())
                    : new Tr069Upgrade(parts, task, wanted.image().get(), key).run();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CallTimedOutException(device, "the server stops", true);
        }
    }

    private boolean isMeant(EndpointId device, StoredImage image) {
        return new ImageAudience(parts.audiences(), parts.stores().devices()).includes(image, device);
    }

    /// Tells the history how far a device is.
    ///
    /// @param more arguments of the event
    static void tell(Parts parts, EndpointId device, Wanted wanted, Map<String, String> more, String what) {
        Map<String, String> args = new TreeMap<>(more);
        args.putAll(wanted.arguments());
        parts.history()
                .accept(new NewEvent(
                        new DeviceEvent(
                                parts.clock().instant(),
                                Optional.of(device),
                                EventKind.JOB,
                                "",
                                "",
                                "",
                                args,
                                "",
                                "firmware: the device " + what),
                        ""));
    }

    static End failed(String why) {
        return new End.Failed(why, Optional.empty());
    }
}
