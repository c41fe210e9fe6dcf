// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Moves the devices of a campaign, and takes them back: begins with a device that is there, and stays with it until it
/// has come to an end. Begun again by another server it finds the device on its way, and begins nothing twice.
public final class MigrationChore implements DeviceChore {
    private static final List<String> THERE = List.of("Device.ManagementServer.URL");

    /// In which a device waits for its next session of TR-069, which may be long.
    private static final Set<MigrationState> PATIENT = Set.of(MigrationState.ELIGIBLE, MigrationState.RETURNING);

    private final Parts parts;

    /// What it works with.
    ///
    /// @param line calls devices over TR-069 where that manages them
    public record Parts(MigrationRunner migrations, Eligibility eligibility, DeviceLine line, Clock clock) {}

    public MigrationChore(Parts parts) {
        this.parts = parts;
    }

    /// All other work is somebody else's.
    public DeviceChore before(DeviceChore others) {
        return (task, masked) -> task.work() instanceof JobWork.Migrate || task.work() instanceof JobWork.MigrateBack
                ? carryOut(task, masked)
                : others.carryOut(task, masked);
    }

    @Override
    public End carryOut(Task task, MaskedMessages masked) throws CallException {
        return switch (task.work()) {
            case JobWork.Migrate(long campaign, Crossing crossing) -> forth(task.device(), campaign, crossing);
            case JobWork.MigrateBack(long campaign) -> back(task.device(), campaign);
            case JobWork.Script _,
                    JobWork.Hold _,
                    JobWork.Bring _,
                    JobWork.Upgrade _,
                    JobWork.RollBack _,
                    JobWork.Deploy _,
                    JobWork.DeployBack _,
                    JobWork.Restore _ -> throw new IllegalArgumentException("no migration: " + task.work());
        };
    }

    private End forth(EndpointId device, long campaign, Crossing crossing) throws CallException {
        Optional<Migration> before = parts.migrations().store().find(device);
        boolean begins = before.isEmpty()
                || (before.get().state().isBack() && !before.get().plan().isOf(campaign));
        if (begins) {
            Optional<End> end = begin(device, campaign, crossing);
            if (end.isPresent()) {
                return end.get();
            }
        }
        Migration moved = watch(device, state -> state.isEnd() || state == MigrationState.RETURNING);
        String text = moved.last().text();
        return moved.state() == MigrationState.DONE
                ? new End.Done(text, Optional.empty())
                : new End.Failed(text, Optional.empty());
    }

    /// @return empty where it is on its way
    private Optional<End> begin(EndpointId device, long campaign, Crossing crossing) throws CallException {
        Optional<DeviceRecord> known = parts.eligibility().stores().devices().find(device);
        if (known.isEmpty()) {
            return failed("the inventory has no such device any more");
        }
        if (known.get().approved() && !parts.eligibility().office().isManaged(device)) {
            return Optional.of(new End.Done("it is managed over USP already", Optional.empty()));
        }
        MigrationPlan plan;
        try {
            plan = parts.eligibility().plan(known.get(), crossing, "campaign " + campaign, OptionalLong.of(campaign));
        } catch (CannotMoveException cannot) {
            return failed("it cannot be moved: " + cannot.reason());
        }
        if (parts.migrations().isFull()) {
            return Optional.of(new End.Later(
                    Limits.NO_ROOM, "for room: " + Limits.OPEN + " devices are on their way to USP already"));
        }
        if (!crossing.byNetwork()) {
            // who is not there is not begun with, and what it answers does not matter
            var _ = parts.line().call(device, new GetRequest(THERE, 0), Limits.KNOCK);
        }
        // of two who begin with it one does, and both see how it goes on
        var _ = parts.migrations().begin(device, plan);
        return Optional.empty();
    }

    private static Optional<End> failed(String why) {
        return Optional.of(new End.Failed(why, Optional.empty()));
    }

    private End back(EndpointId device, long campaign) throws CallException {
        Optional<Migration> before = parts.migrations()
                .store()
                .find(device)
                .filter(each -> each.plan().isOf(campaign));
        if (before.isEmpty()) {
            return new End.Done("this campaign has not moved it", Optional.empty());
        }
        // where it is on its way back already, that goes on
        var _ = parts.migrations().back(device, "campaign " + campaign);
        Migration back = watch(device, MigrationState::isBack);
        return new End.Done(back.last().text(), Optional.empty());
    }

    private static boolean isPatient(Migration migration) {
        return PATIENT.contains(migration.state())
                || (migration.plan().byNetwork() && migration.state() == MigrationState.CONFIGURED);
    }

    /// Whether it is as far as somebody waits for.
    @FunctionalInterface
    private interface Far {
        boolean isEnough(MigrationState state);
    }

    private Migration watch(EndpointId device, Far far) throws CallException {
        Instant turnEnds = parts.clock().instant().plus(Limits.TURN);
        Duration pause = Limits.FIRST_LOOK;
        while (true) {
            Migration here = parts.migrations()
                    .store()
                    .find(device)
                    .orElseThrow(() -> new DeviceUnreachableException(
                            device, "its migration was forgotten with the device", Optional.empty(), false));
            if (far.isEnough(here.state())) {
                return here;
            }
            if (isPatient(here) && !parts.clock().instant().isBefore(turnEnds)) {
                throw new DeviceUnreachableException(
                        device,
                        here.plan().byNetwork()
                                ? "the network has not brought it over USP yet"
                                : "it has not come for a session of TR-069 yet",
                        Optional.empty(),
                        false);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new CallTimedOutException(device, "the server stops", false);
            }
            pause = pause.compareTo(Limits.LOOK) < 0 ? pause.multipliedBy(2) : Limits.LOOK;
        }
    }
}
