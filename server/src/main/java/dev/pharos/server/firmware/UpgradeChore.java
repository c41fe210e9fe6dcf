// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.controller.job.AudienceReader;
import dev.pharos.controller.job.CwmpLine;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.TextAttribute;
import dev.pharos.controller.query.TextComparison;
import dev.pharos.controller.query.UnresolvedGroupException;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.Stores;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Has devices run an image of the repository.
public final class UpgradeChore implements DeviceChore {
    private final Parts parts;

    /// What it works with.
    ///
    /// @param history where it is told how far a device is
    public record Parts(
            FirmwareRepository repository,
            FirmwareLinks links,
            Stores stores,
            AudienceReader audiences,
            CwmpLine line,
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
        String others = image.get().devices();
        if (!others.isEmpty() && !isMeant(task.device(), others)) {
            return failed("the image is for others: " + others);
        }
        try {
            return parts.line().office().isManaged(task.device())
                    ? new Tr069Upgrade(parts, task.device(), image.get(), key).run()
                    : new Upgrade(parts, task.device(), image.get(), key).run();
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

    /// Tells the history how far a device is.
    ///
    /// @param more arguments of the event
    static void tell(Parts parts, EndpointId device, StoredImage image, Map<String, String> more, String what) {
        Map<String, String> args = new TreeMap<>(more);
        args.put("image", Long.toString(image.id()));
        args.put("version", image.version());
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
