// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.controller.job.AudienceReader;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.TextAttribute;
import dev.pharos.controller.query.TextComparison;
import dev.pharos.controller.query.UnresolvedGroupException;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.Stores;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Has devices run an image of the repository.
public final class UpgradeChore implements DeviceChore {
    private final Parts parts;

    /// What it works with.
    ///
    /// @param overTr069 whether a device is managed over TR-069
    /// @param history where it is told how far a device is
    public record Parts(
            FirmwareRepository repository,
            FirmwareLinks links,
            Stores stores,
            AudienceReader audiences,
            DeviceLine line,
            Predicate<EndpointId> overTr069,
            Consumer<NewEvent> history,
            Clock clock) {}

    public UpgradeChore(Parts parts) {
        this.parts = parts;
    }

    /// All other work is somebody else's.
    public DeviceChore before(DeviceChore others) {
        return (task, masked) ->
                task.work() instanceof JobWork.Upgrade ? carryOut(task, masked) : others.carryOut(task, masked);
    }

    @Override
    public End carryOut(Task task, MaskedMessages masked) throws CallException {
        if (!(task.work() instanceof JobWork.Upgrade(long number, String key))) {
            throw new IllegalArgumentException("no upgrade: " + task.work());
        }
        Optional<StoredImage> image = parts.repository().find(number);
        if (image.isEmpty()) {
            return failed("firmware image " + number + " has been deleted");
        }
        if (parts.overTr069().test(task.device())) {
            return failed("firmware is not brought to devices over TR-069");
        }
        String others = image.get().devices();
        if (!others.isEmpty() && !isMeant(task.device(), others)) {
            return failed("the image is for others: " + others);
        }
        try {
            return new Upgrade(parts, task.device(), image.get(), key).run();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CallTimedOutException(task.device(), "the server stops", true);
        }
    }

    private boolean isMeant(EndpointId device, String query) {
        try {
            Condition both = new Condition.All(List.of(
                    parts.audiences().read(query),
                    new Condition.TextIs(TextAttribute.ID, TextComparison.IS, device.toString())));
            return parts.stores()
                            .devices()
                            .list(new DeviceQuery(both, DeviceQuery.Sort.ID, false, 1, ""))
                            .total()
                    > 0;
        } catch (QueryException | UnresolvedGroupException unreadable) {
            // a group of it was deleted: then nobody knows for whom it is
            return false;
        }
    }

    static End failed(String why) {
        return new End.Failed(why, Optional.empty());
    }
}
