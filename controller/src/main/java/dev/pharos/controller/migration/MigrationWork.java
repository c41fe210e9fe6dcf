// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ErrandEnd;
import dev.pharos.controller.acs.FaultMeaning;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done with a device that moves, step by step. Every step may be done again: a server that ends between any
/// two, or within one, goes on where the last was kept.
///
/// The device is never without management: TR-069 is switched off over USP alone, which so has just worked, and what
/// USP needs is removed over TR-069 alone. Thread-safe.
final class MigrationWork {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationWork.class);
    private static final String SERVER = "Device.ManagementServer.";
    private static final String ENABLE = SERVER + "EnableCWMP";
    private static final String INTERVAL = SERVER + "PeriodicInformInterval";

    /// Of what a device says of itself, what stays as it is for weeks.
    private static final List<String> LASTING = List.of(
            "Device.DeviceInfo.Manufacturer",
            "Device.DeviceInfo.ManufacturerOUI",
            "Device.DeviceInfo.ProductClass",
            "Device.DeviceInfo.SerialNumber",
            "Device.DeviceInfo.HardwareVersion",
            INTERVAL);

    private final Parts parts;
    private final Map<EndpointId, Instant> silentSince = new ConcurrentHashMap<>();
    private final Map<EndpointId, Called> called = new ConcurrentHashMap<>();

    /// A device was called for what its state wants of it, and is called again if nothing comes of that.
    ///
    /// @param due when
    /// @param after how long after the last time; the next is twice as long
    private record Called(MigrationState state, Instant due, Duration after) {}

    /// What it works with.
    ///
    /// @param usp calls devices over USP and never otherwise
    record Parts(MigrationStore store, AcsOffice office, DeviceLine usp, TwinStore twins, Clock clock) {}

    MigrationWork(Parts parts) {
        this.parts = parts;
    }

    /// Does what is to be done now.
    ///
    /// @return where the device is then; empty where it stays
    Optional<Migration> advance(Migration migration) {
        return switch (migration.state()) {
            case ELIGIBLE -> migration.plan().byNetwork() ? leaveToTheNetwork(migration) : setUp(migration);
            case CONFIGURED -> expect(migration);
            case CONNECTED -> compare(migration);
            case VERIFIED -> standBy(migration);
            case STOOD_BY -> settle(migration);
            case RETURNING -> giveBack(migration);
            case DONE, FAILED, RETURNED -> Optional.empty();
        };
    }

    /// The device has come to an end of what it was asked over TR-069.
    Optional<Migration> ended(Migration migration, Errand errand, ErrandEnd end) {
        return switch (errand) {
            case Errand.MeetController meet
            when migration.state() == MigrationState.ELIGIBLE
                    && meet.door().equals(migration.plan().door()) -> metOrNot(migration, end);
            case Errand.LeaveController leave
            when migration.state() == MigrationState.RETURNING
                    && leave.door().equals(migration.plan().door()) -> leftOrNot(migration, end);
            default -> Optional.empty();
        };
    }

    private Optional<Migration> metOrNot(Migration migration, ErrandEnd end) {
        return switch (end) {
            case ErrandEnd.Met(Map<String, String> seen, String remark) ->
                Optional.of(to(
                        migration.withSeen(seen),
                        MigrationState.CONFIGURED,
                        "it knows the way, and is expected at "
                                + migration.plan().door() + (remark.isEmpty() ? "" : "; " + remark)));
            case ErrandEnd.Refused(CwmpFault fault) ->
                back(
                        migration,
                        ReturnReason.NOT_SET_UP,
                        "the device refuses to be set up: " + FaultMeaning.sentence(fault));
            case ErrandEnd.GivenUp _ ->
                back(migration, ReturnReason.NOT_SET_UP, "session after session ended while it was set up");
            default -> Optional.empty();
        };
    }

    private Optional<Migration> leftOrNot(Migration migration, ErrandEnd end) {
        return switch (end) {
            case ErrandEnd.Left _
            when !parts.office().isOverUsp(migration.device()) -> Optional.of(ended(migration, ""));
            case ErrandEnd.Left _
            when isOver(migration, Limits.ARRIVAL) ->
                Optional.of(ended(migration, "; it stays connected over USP all the same"));
            case ErrandEnd.Left _ -> {
                // it is about to leave, and then comes over TR-069 once more, by which everybody sees that it does
                called.put(
                        migration.device(), new Called(migration.state(), now().plus(Limits.LEAVING), Limits.LEAVING));
                yield Optional.empty();
            }
            case ErrandEnd.Refused(CwmpFault fault) ->
                Optional.of(ended(
                        migration,
                        "; what was written for USP stays, since the device refuses to remove it: "
                                + FaultMeaning.sentence(fault)));
            default -> Optional.empty();
        };
    }

    /// From here on the login that it was given lets nobody in, also where its row could not be removed.
    private Migration ended(Migration migration, String remark) {
        if (!migration.plan().byNetwork()) {
            parts.office().brokerLogins().withdraw(migration.device());
        }
        String why = migration.last().text() + "; it is managed over TR-069 as before" + remark;
        return to(migration, isWanted(migration) ? MigrationState.RETURNED : MigrationState.FAILED, why);
    }

    private static boolean isWanted(Migration migration) {
        return migration.reason().filter(ReturnReason.CALLED_BACK::equals).isPresent();
    }

    private Instant now() {
        return parts.clock().instant();
    }

    private Migration to(Migration migration, MigrationState state, String text) {
        silentSince.remove(migration.device());
        called.remove(migration.device());
        return migration.to(state, now(), text);
    }

    private Optional<Migration> back(Migration migration, ReturnReason reason, String why) {
        return Optional.of(to(migration.withReason(reason), MigrationState.RETURNING, why));
    }

    private boolean isOver(Migration migration, Duration limit) {
        return !now().isBefore(migration.last().time().plus(limit));
    }

    private Optional<Migration> setUp(Migration migration) {
        Errand meet = new Errand.MeetController(migration.plan().door());
        if (isOver(migration, Limits.SET_UP)) {
            parts.office().withdraw(migration.device(), meet);
            return back(
                    migration,
                    ReturnReason.NO_SESSION,
                    "it did not come over TR-069 within " + Limits.SET_UP.toDays() + " days");
        }
        Optional<Migration> forsaken = isCallDue(migration) ? forsaken(migration) : Optional.empty();
        if (forsaken.isPresent()) {
            parts.office().withdraw(migration.device(), meet);
            return forsaken;
        }
        askFor(migration, List.of(meet));
        return Optional.empty();
    }

    /// One of a campaign that does not wait for it any more goes back.
    private Optional<Migration> forsaken(Migration migration) {
        OptionalLong campaign = migration.plan().campaign();
        return campaign.isPresent() && !parts.store().isAwaited(campaign.getAsLong(), migration.device())
                ? back(
                        migration,
                        ReturnReason.FORSAKEN,
                        "campaign " + campaign.getAsLong() + " does not wait for it any more")
                : Optional.empty();
    }

    /// Now and then, at first often: a device that cannot come at this moment, since it is just on its way or TR-069
    /// just
    /// is being switched on again, can in the next. Where it waits already, the device is called again.
    private void askFor(Migration migration, List<Errand> errands) {
        if (!isCallDue(migration)) {
            return;
        }
        EndpointId device = migration.device();
        noteCall(migration);
        for (Errand errand : errands) {
            if (parts.office().awaits(device, errand)) {
                parts.office().call(device);
            } else if (parts.office().ask(device, errand).isEmpty()) {
                LOG.debug("too much waits for {} already; it is asked again later", device);
            }
        }
    }

    private void noteCall(Migration migration) {
        Called last = called.get(migration.device());
        Duration wait = last == null || last.state() != migration.state()
                ? Limits.LEAVING
                : last.after().multipliedBy(2);
        Duration most = wait.compareTo(Limits.CALL_AGAIN) > 0 ? Limits.CALL_AGAIN : wait;
        called.put(migration.device(), new Called(migration.state(), now().plus(most), most));
    }

    private boolean isCallDue(Migration migration) {
        Called last = called.get(migration.device());
        return last == null || last.state() != migration.state() || !now().isBefore(last.due());
    }

    /// What may change while the device is awaited is not compared.
    private Optional<Migration> leaveToTheNetwork(Migration migration) {
        Map<String, String> seen = new HashMap<>();
        LASTING.forEach(path -> parts.twins()
                .find(migration.device(), path)
                .filter(told -> !told.value().isEmpty())
                .ifPresent(told -> seen.put(path, told.value())));
        return Optional.of(to(
                migration.withSeen(seen),
                MigrationState.CONFIGURED,
                "nothing is written to it for that; it is waited for up to " + Limits.SET_UP.toDays() + " days"));
    }

    private Optional<Migration> expect(Migration migration) {
        if (parts.office().isOverUsp(migration.device())) {
            return Optional.of(to(migration, MigrationState.CONNECTED, "it is here over USP"));
        }
        if (migration.plan().byNetwork()) {
            return isOver(migration, Limits.SET_UP)
                    ? back(
                            migration,
                            ReturnReason.NO_ARRIVAL,
                            "it did not come over USP within " + Limits.SET_UP.toDays()
                                    + " days, by what the network tells it")
                    : forsaken(migration);
        }
        return isOver(migration, Limits.ARRIVAL)
                ? back(
                        migration,
                        ReturnReason.NO_ARRIVAL,
                        "it did not come over USP within " + Limits.ARRIVAL.toMinutes() + " minutes, at "
                                + migration.plan().door())
                : Optional.empty();
    }

    private Optional<Migration> compare(Migration migration) {
        List<String> paths = migration.seen().keySet().stream()
                .filter(path -> !path.equals(INTERVAL))
                .toList();
        try {
            Map<String, String> told = paths.isEmpty() ? Map.of() : get(migration.device(), paths);
            silentSince.remove(migration.device());
            List<String> others = new ArrayList<>();
            for (String path : paths) {
                String before = migration.seen().getOrDefault(path, "");
                String now = told.get(path);
                if (!before.equals(now)) {
                    others.add(path + " is \"" + before + "\" over TR-069 and "
                            + (now == null ? "not there" : "\"" + now + "\"") + " over USP");
                }
            }
            return others.isEmpty()
                    ? Optional.of(
                            to(migration, MigrationState.VERIFIED, paths.size() + " values are the same over both"))
                    : back(
                            migration,
                            ReturnReason.DIFFERENT,
                            "it is not the same over USP: " + String.join("; ", others));
        } catch (RequestFailedException refused) {
            return back(
                    migration, ReturnReason.UNREADABLE, "it does not let itself be read over USP: " + refused.reason());
        } catch (CallException away) {
            return silent(migration, away.reason());
        }
    }

    private Map<String, String> get(EndpointId device, List<String> paths) throws CallException {
        Map<String, String> found = new HashMap<>();
        if (parts.usp().call(device, new GetRequest(paths, 0), Limits.CALL) instanceof GetResponse answer) {
            answer.requestedPathResults().stream()
                    .flatMap(result -> result.resolvedPathResults().stream())
                    .forEach(object -> object.resultParams()
                            .forEach((name, value) -> found.put(object.resolvedPath() + name, value)));
        }
        return found;
    }

    private void set(EndpointId device, Map<String, String> values) throws CallException {
        List<ParameterSetting> settings = new ArrayList<>();
        values.forEach(
                (path, value) -> settings.add(new ParameterSetting(path.substring(SERVER.length()), value, true)));
        SetRequest request = new SetRequest(false, List.of(new SetRequest.UpdateObject(SERVER, settings)));
        // what it did not write comes as an exception
        var _ = parts.usp().call(device, request, Limits.CALL);
    }

    /// Whether what fails may be no more than a moment of silence is seen when it lasts.
    private Optional<Migration> silent(Migration migration, String why) {
        Instant now = now();
        Instant since = silentSince.computeIfAbsent(migration.device(), _ -> now);
        return now.isBefore(since.plus(Limits.SILENCE))
                ? Optional.empty()
                : back(
                        migration,
                        ReturnReason.SILENT,
                        "it has fallen silent over USP for " + Limits.SILENCE.toMinutes() + " minutes: " + why);
    }

    private Optional<Migration> standBy(Migration migration) {
        try {
            if (interval(migration) < Limits.RESERVE_INTERVAL) {
                set(migration.device(), Map.of(INTERVAL, Long.toString(Limits.RESERVE_INTERVAL)));
            }
            return Optional.of(to(
                    migration,
                    MigrationState.STOOD_BY,
                    "TR-069 is the reserve, and USP has to hold for "
                            + migration.plan().settle().toSeconds() + " s"));
        } catch (RequestFailedException refused) {
            return Optional.of(to(
                    migration,
                    MigrationState.DONE,
                    "it is managed over USP, and TR-069 stays as it is, which the device does not let be changed over"
                            + " USP: " + refused.reason()));
        } catch (CallException away) {
            return silent(migration, away.reason());
        }
    }

    /// As it was before; as TR-181 proposes where the device did not say.
    private static long interval(Migration migration) {
        String told = migration.seen().getOrDefault(INTERVAL, "");
        return told.matches("[1-9][0-9]{0,9}") ? Long.parseLong(told) : Limits.RESERVE_INTERVAL;
    }

    private Optional<Migration> settle(Migration migration) {
        if (!parts.office().isOverUsp(migration.device())) {
            return silent(migration, "it is not connected");
        }
        silentSince.remove(migration.device());
        if (!isOver(migration, migration.plan().settle())) {
            return Optional.empty();
        }
        try {
            if (migration.plan().keepCwmp()) {
                return Optional.of(
                        to(migration, MigrationState.DONE, "it is managed over USP, and TR-069 stays as the reserve"));
            }
            set(migration.device(), Map.of(ENABLE, "false"));
            return Optional.of(
                    to(migration, MigrationState.DONE, "it is managed over USP, and TR-069 is switched off"));
        } catch (RequestFailedException refused) {
            return Optional.of(to(
                    migration,
                    MigrationState.DONE,
                    "it is managed over USP, and TR-069 stays as the reserve, for it cannot be switched off over USP: "
                            + refused.reason()));
        } catch (CallException away) {
            return silent(migration, away.reason());
        }
    }

    private Optional<Migration> giveBack(Migration migration) {
        if (migration.plan().byNetwork()) {
            return leaveOut(migration);
        }
        EndpointId device = migration.device();
        Called last = called.get(device);
        if (last == null || last.state() != migration.state()) {
            parts.office().cameFrom(device, migration.plan().cameFrom());
            parts.office()
                    .withdraw(device, new Errand.MeetController(migration.plan().door()));
        }
        Map<String, String> otherwise = otherwise(migration);
        List<Errand> wanted = new ArrayList<>();
        if (parts.office().isOverUsp(device)) {
            if (isCallDue(migration) && migration.reached().compareTo(MigrationState.STOOD_BY) >= 0) {
                // what is known of it may have been read before the last that was written
                otherwise.putAll(before(migration));
            }
            restore(device, otherwise);
        } else if (otherwise.containsKey(INTERVAL)) {
            wanted.add(new Errand.SetValues(Map.of(INTERVAL, otherwise.getOrDefault(INTERVAL, ""))));
        }
        wanted.add(new Errand.LeaveController(migration.plan().door()));
        askFor(migration, wanted);
        return Optional.empty();
    }

    /// TR-069 becomes as it was. Of the way nothing was written, and nothing can be removed.
    private Optional<Migration> leaveOut(Migration migration) {
        EndpointId device = migration.device();
        parts.office().cameFrom(device, migration.plan().cameFrom());
        Called last = called.get(device);
        boolean begins = last == null || last.state() != migration.state();
        if (begins && parts.office().isOverUsp(device) && migration.reached().compareTo(MigrationState.STOOD_BY) >= 0) {
            // what is known of it may have been read before the last that was written
            noteCall(migration);
            restore(device, before(migration));
            return Optional.empty();
        }
        Map<String, String> otherwise = otherwise(migration);
        if (otherwise.isEmpty()) {
            return Optional.of(ended(migration, "; what the network tells it of USP is for the network to end"));
        }
        if (!parts.office().isOverUsp(device)) {
            String interval = otherwise.getOrDefault(INTERVAL, "");
            askFor(
                    migration,
                    interval.isEmpty() ? List.of() : List.of(new Errand.SetValues(Map.of(INTERVAL, interval))));
        } else if (isCallDue(migration)) {
            noteCall(migration);
            restore(device, otherwise);
        }
        return Optional.empty();
    }

    /// What of TR-069 is not as it was before, as far as it is known.
    private Map<String, String> otherwise(Migration migration) {
        Map<String, String> otherwise = before(migration);
        otherwise.entrySet().removeIf(each -> {
            // where the device does not say whether TR-069 is on, it is not written for nothing
            return each.getKey().equals(ENABLE)
                    ? !isTold(migration.device(), ENABLE, "false")
                    : isTold(migration.device(), each.getKey(), each.getValue());
        });
        return otherwise;
    }

    /// How TR-069 was before.
    private static Map<String, String> before(Migration migration) {
        Map<String, String> before = new HashMap<>();
        before.put(ENABLE, "true");
        String interval = migration.seen().getOrDefault(INTERVAL, "");
        if (!interval.isEmpty()) {
            before.put(INTERVAL, interval);
        }
        return before;
    }

    /// One by one: a device that does not let one be written may take the other.
    private void restore(EndpointId device, Map<String, String> values) {
        values.forEach((path, value) -> {
            try {
                set(device, Map.of(path, value));
            } catch (CallException inVain) {
                LOG.debug("{}: {} is not as before yet: {}", device, path, inVain.reason());
            }
        });
    }

    private boolean isTold(EndpointId device, String path, String value) {
        return parts.twins()
                .find(device, path)
                .map(TwinValue::value)
                .filter(value::equals)
                .isPresent();
    }
}
