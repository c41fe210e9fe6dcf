// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a job does with a device for a profile: brings it there, or back to what was before.
public final class ProfileChore implements DeviceChore {
    private final ProfileBook book;
    private final ProfiledDevices devices;
    private final ProfileLedger ledger;
    private final Holding holding;
    private final Restoration restoration;
    private final Clock clock;

    /// What it works with.
    public record Parts(
            ProfileBook book,
            ProfiledDevices devices,
            ProfileLedger ledger,
            Holding holding,
            Restoration restoration,
            Clock clock) {}

    public ProfileChore(Parts parts) {
        this.book = parts.book();
        this.devices = parts.devices();
        this.ledger = parts.ledger();
        this.holding = parts.holding();
        this.restoration = parts.restoration();
        this.clock = parts.clock();
    }

    @Override
    public End carryOut(Task task, MaskedMessages masked) throws CallException {
        String owner = UUID.randomUUID().toString();
        if (!take(task.device(), owner)) {
            return new End.Later(Limits.OTHERS, "somebody else works on the device");
        }
        try {
            return switch (task.work()) {
                case JobWork.Hold hold -> hold(task, hold, masked, owner);
                case JobWork.Bring(String profile) -> bring(task, profile, masked, owner);
                case JobWork.Restore(long job) -> restoration.restore(job, task.device(), masked);
                case JobWork.Script _,
                        JobWork.Upgrade _,
                        JobWork.RollBack _,
                        JobWork.Deploy _,
                        JobWork.DeployBack _,
                        JobWork.Migrate _,
                        JobWork.MigrateBack _ ->
                    throw new IllegalArgumentException("no chore of profiles: " + task.work());
            };
        } finally {
            ledger.letGo(task.device(), owner);
        }
    }

    private boolean take(EndpointId device, String owner) {
        Instant now = clock.instant();
        return ledger.take(device, owner, now, now.plus(Limits.TAKEN));
    }

    private End hold(Task task, JobWork.Hold hold, MaskedMessages masked, String owner) throws CallException {
        Optional<Lookout> lookout = book.lookout(hold.profile(), hold.version());
        if (lookout.isEmpty()) {
            return new End.Done("the profile has changed since, so that nothing was done", Optional.empty());
        }
        Optional<ProfiledDevice> device = devices.find(task.device(), lookout.get());
        if (device.isEmpty()) {
            return new End.Done("the profile does not mean this device any more", Optional.empty());
        }
        return holding.bring(
                        new Holding.Visit(
                                device.get(),
                                lookout.get(),
                                masked, // where another wins it is for that one's job
                                finding -> finding.state() == Finding.State.DIFFERS
                                        && !finding.profile().equals(hold.profile()),
                                () -> take(task.device(), owner)),
                        noted -> note(task, noted))
                .end();
    }

    private void note(Task task, List<Holding.Noted> noted) {
        ledger.note(
                task.job(),
                task.device(),
                noted.stream().map(Holding.Noted::change).toList());
    }

    /// What the device says afterwards must be what was written: nobody looks at it again.
    private End bring(Task task, String profile, MaskedMessages masked, String owner) throws CallException {
        Lookout lookout = book.once(profile);
        Optional<ProfiledDevice> device = devices.find(task.device(), lookout);
        if (device.isEmpty()) {
            return new End.Failed("the device is not approved", Optional.empty());
        }
        Holding.Visit visit =
                new Holding.Visit(device.get(), lookout, masked, _ -> false, () -> take(task.device(), owner));
        End end = holding.bring(visit, noted -> note(task, noted)).end();
        if (!(end instanceof End.Done(String why, Optional<Response> answer))) {
            return end;
        }
        List<String> otherwise =
                holding.otherwise(visit).stream().map(Finding::path).toList();
        return otherwise.isEmpty()
                ? new End.Done(why + ", and read back", answer)
                : new End.Failed(
                        "the device took it, and says something else when it is read: "
                                + String.join(", ", otherwise.subList(0, Math.min(Limits.FAULTS, otherwise.size()))),
                        answer);
    }
}
