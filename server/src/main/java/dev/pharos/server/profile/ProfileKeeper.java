// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import dev.pharos.controller.job.DeviceChore.End;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.profile.DeviceLenses;
import dev.pharos.controller.profile.Finding;
import dev.pharos.controller.profile.Finding.State;
import dev.pharos.controller.profile.Findings;
import dev.pharos.controller.profile.Holding;
import dev.pharos.controller.profile.Lookout;
import dev.pharos.controller.profile.ProfileLedger;
import dev.pharos.controller.profile.ProfiledDevice;
import dev.pharos.controller.profile.ProfiledDevices;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.server.store.ProfileUpkeepStore;
import dev.pharos.server.store.ProfileUpkeepStore.Drift;
import dev.pharos.server.store.Tenant;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps devices as profiles want them: those that come, those that somebody or something has changed, and, now and
/// then,
/// all of them. It looks at what the twins know, and calls a device only where something is different. What is put
/// right
/// again and again and does not stay so is left alone.
///
/// Any number of servers do this at once. One virtual thread looks; each device that is at work has one of its own.
public final class ProfileKeeper implements ControllerObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileKeeper.class);

    private final Parts parts;
    private final Set<EndpointId> noticed = ConcurrentHashMap.newKeySet();
    private final Set<Thread> atWork = ConcurrentHashMap.newKeySet();
    private final Thread looker;
    private Instant nextSweep;
    private volatile boolean stopping;

    /// What it works with.
    ///
    /// @param history where it is told what was put right, and what is left alone
    public record Parts(
            HeldProfiles held,
            ProfiledDevices devices,
            ProfilePlanner planner,
            ProfileUpkeepStore upkeep,
            Hands hands,
            Consumer<NewEvent> history,
            Clock clock) {}

    /// By what devices are changed.
    public record Hands(ProfileLedger ledger, Holding holding, DeviceLenses lenses) {}

    ProfileKeeper(Parts parts) {
        this.parts = parts;
        this.nextSweep = parts.clock().instant().plus(Limits.FIRST_SWEEP);
        this.looker = Thread.ofVirtual().name("profiles").unstarted(this::look);
    }

    /// From now on, by itself.
    public ProfileKeeper start() {
        looker.start();
        return this;
    }

    @Override
    public void deviceChanged(DeviceRecord device) {
        if (device.online()) {
            notice(device.id());
        }
    }

    @Override
    public void eventStored(StoredEvent stored) {
        DeviceEvent event = stored.event();
        if (event.device().isPresent() && mayMatter(event)) {
            notice(event.device().get());
        }
    }

    private boolean mayMatter(DeviceEvent event) {
        return switch (event.kind()) {
            case ONBOARDED, OBJECT_CREATION, OBJECT_DELETION -> true;
            case VALUE_CHANGE -> {
                String name = event.path().substring(event.path().lastIndexOf('.') + 1);
                yield parts.held().wants(name);
            }
            case OPERATION_COMPLETE,
                    EVENT,
                    ON_BOARD_REQUEST,
                    ONLINE,
                    OFFLINE,
                    REFUSED,
                    JOB,
                    CAMPAIGN,
                    MIGRATION,
                    PROFILE,
                    ALARM,
                    WARNING -> false;
        };
    }

    /// What there is no room for is found by the next look at all of them.
    private void notice(EndpointId device) {
        if (noticed.size() < Limits.NOTICED) {
            noticed.add(device);
        }
    }

    /// Devices that are at work in this server now.
    int atWork() {
        return atWork.size();
    }

    private void look() {
        try {
            while (!stopping) {
                try {
                    round();
                } catch (StoreException unavailable) {
                    LOG.warn("profiles wait for the database: {}", unavailable.getMessage());
                }
                Thread.sleep(Limits.ROUND);
            }
        } catch (InterruptedException stop) {
            LOG.debug("profiles are not held any more");
        }
    }

    /// Does once what is due; devices that are begun with go on by themselves.
    synchronized void round() {
        Instant now = parts.clock().instant();
        List<EndpointId> told = List.copyOf(noticed);
        told.forEach(noticed::remove);
        List<Tenant> owners = parts.held().owners();
        boolean sweeps = !owners.isEmpty() && !now.isBefore(nextSweep);
        if (sweeps) {
            nextSweep = now.plus(Limits.SWEEP);
        }
        for (Tenant owner : owners) {
            owner.within(() -> {
                round(told, sweeps, now);
                return true;
            });
        }
    }

    /// With the devices of one tenant.
    private void round(List<EndpointId> told, boolean sweeps, Instant now) {
        Lookout lookout = parts.held().active();
        if (lookout.profiles().isEmpty()) {
            return;
        }
        for (int from = 0; from < told.size(); from += Limits.BATCH) {
            parts.upkeep()
                    .due(told.subList(from, Math.min(told.size(), from + Limits.BATCH)), now.plus(Limits.SETTLING));
        }
        if (sweeps) {
            sweep(lookout, now);
            parts.upkeep().deleteBefore(now.minus(Limits.LEFT_ALONE.multipliedBy(2)));
        }
        work(lookout, now);
    }

    private void sweep(Lookout lookout, Instant now) {
        parts.devices().forEach(lookout, some -> {
            List<EndpointId> different = some.stream()
                    .filter(device -> isAtHand(device)
                            && isDifferent(parts.planner().findings(device, lookout, lookout.meant()), _ -> false))
                    .map(ProfiledDevice::id)
                    .toList();
            parts.upkeep().due(different, now);
        });
    }

    private static boolean isAtHand(ProfiledDevice device) {
        return device.online() && device.known().whole();
    }

    private static boolean isDifferent(Findings findings, Predicate<Finding> left) {
        return findings.all().stream().anyMatch(finding -> isDifferent(finding) && !left.test(finding));
    }

    private static boolean isDifferent(Finding finding) {
        return switch (finding.state()) {
            case DIFFERS, MISSING, UNKNOWN -> true;
            case SAME, LACKING, CONTRADICTION, UNSAID -> false;
        };
    }

    private void work(Lookout lookout, Instant now) {
        int room = Math.min(Limits.BEGUN, Limits.AT_WORK - atWork.size());
        if (room <= 0 || stopping) {
            return;
        }
        List<EndpointId> later = new ArrayList<>();
        for (ProfiledDevice device : parts.devices().among(parts.upkeep().take(now, Limits.LOOKED_AT), lookout)) {
            if (!isAtHand(device)) {
                continue;
            }
            Findings findings = parts.planner().findings(device, lookout, lookout.meant());
            if (isDifferent(findings, _ -> false) && isDifferent(findings, left(device.id(), lookout, now))) {
                if (room > 0) {
                    room--;
                    begin(device, now);
                } else {
                    later.add(device.id());
                }
            }
        }
        parts.upkeep().due(later, now);
    }

    /// What drifts again and again, and what a profile wants whose job was paused or cancelled.
    private Predicate<Finding> left(EndpointId device, Lookout lookout, Instant now) {
        Map<String, Drift> drift = parts.upkeep().drift(device, now.minus(Limits.LEFT_ALONE));
        return finding -> {
            Drift known = drift.get(finding.path());
            return (known != null && known.givenUp()) || !lookout.meant().contains(finding.profile());
        };
    }

    private void begin(ProfiledDevice device, Instant now) {
        Tenant owner = Tenant.current().orElse(Tenant.MAIN);
        Thread worker = Thread.ofVirtual().name("profile").unstarted(() -> {
            try {
                owner.within(() -> {
                    keep(device.id(), now);
                    return true;
                });
            } catch (CallException away) {
                LOG.debug("{} is looked at again later: {}", device.id(), away.reason());
            } catch (StoreException unavailable) {
                LOG.warn("{} could not be kept as its profiles want it: {}", device.id(), unavailable.getMessage());
            } catch (RuntimeException defect) {
                LOG.error("{}: a defect of ours", device.id(), defect);
            } finally {
                atWork.remove(Thread.currentThread());
            }
        });
        atWork.add(worker);
        worker.start();
    }

    private void keep(EndpointId device, Instant now) throws CallException {
        String owner = UUID.randomUUID().toString();
        ProfileLedger ledger = parts.hands().ledger();
        Holding.Keeping keeping = () -> {
            Instant instant = parts.clock().instant();
            return ledger.take(device, owner, instant, instant.plus(Limits.TAKEN));
        };
        if (!keeping.keep()) {
            parts.upkeep().due(List.of(device), now.plus(Limits.OTHERS));
            return;
        }
        try {
            // it may have been put right meanwhile, or nobody wants it any more
            Lookout fresh = parts.held().reread();
            Optional<ProfiledDevice> again = parts.devices().find(device, fresh);
            if (again.isPresent()) {
                told(device, bring(again.get(), fresh, keeping, now));
            }
        } finally {
            ledger.letGo(device, owner);
        }
    }

    private Holding.Outcome bring(ProfiledDevice device, Lookout lookout, Holding.Keeping keeping, Instant now)
            throws CallException {
        MaskedMessages masked =
                new MaskedMessages(parts.hands().lenses().of(device).secrets());
        return parts.hands()
                .holding()
                .bring(
                        new Holding.Visit(device, lookout, masked, left(device.id(), lookout, now), keeping),
                        noted -> noted.stream()
                                .collect(Collectors.groupingBy(Holding.Noted::profile))
                                .forEach((profile, changes) -> parts.held()
                                        .job(profile)
                                        .ifPresent(job -> parts.hands()
                                                .ledger()
                                                .note(
                                                        job,
                                                        device.id(),
                                                        changes.stream()
                                                                .map(Holding.Noted::change)
                                                                .toList()))));
    }

    private void told(EndpointId device, Holding.Outcome outcome) {
        if (outcome.tried().isEmpty()) {
            return;
        }
        Instant now = parts.clock().instant();
        Set<String> givenUp = parts.upkeep()
                .tried(
                        device,
                        outcome.tried().stream().map(Finding::path).toList(),
                        now,
                        Limits.DRIFT_WINDOW,
                        Limits.PUT_RIGHT);
        if (!outcome.changed().isEmpty()) {
            note(device, EventKind.PROFILE, "put right: " + some(outcome.changed()) + " (" + profiles(outcome) + ")");
        }
        if (!givenUp.isEmpty()) {
            String why = outcome.end() instanceof End.Failed(String reason, var _) ? "; " + reason : "";
            note(
                    device,
                    EventKind.WARNING,
                    "drifts repeatedly and is left alone for a day: "
                            + some(givenUp.stream().sorted().toList()) + " was to be put right " + Limits.PUT_RIGHT
                            + " times within an hour" + why);
        }
    }

    private static String profiles(Holding.Outcome outcome) {
        return outcome.tried().stream()
                .filter(finding -> finding.state() != State.UNKNOWN)
                .map(finding -> "profile " + finding.profile())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String some(List<String> paths) {
        int more = paths.size() - Limits.NAMED;
        return String.join(", ", paths.subList(0, Math.min(Limits.NAMED, paths.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private void note(EndpointId device, EventKind kind, String text) {
        parts.history()
                .accept(new NewEvent(DeviceEvent.of(parts.clock().instant(), Optional.of(device), kind, text), ""));
    }

    /// Begins with no further device, and waits a little for those that are under way; what is cut off is found again.
    @Override
    public void close() {
        stopping = true;
        looker.interrupt();
        Instant end = Instant.now().plus(Limits.GOODBYE);
        try {
            while (!atWork.isEmpty() && Instant.now().isBefore(end)) {
                Thread.sleep(Limits.BREATH);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        atWork.forEach(Thread::interrupt);
    }
}
