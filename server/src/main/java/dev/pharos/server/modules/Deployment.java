// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.modules;

import static dev.pharos.server.modules.DeployChore.failed;

import dev.pharos.controller.job.DeviceChore.End;
import dev.pharos.controller.job.Rollout;
import dev.pharos.controller.job.Rollout.Action;
import dev.pharos.controller.peer.CallException;
import dev.pharos.datamodel.software.VersionOrder;
import dev.pharos.server.link.LinkSeal.Link;
import dev.pharos.server.modules.ModuleShelf.Execution;
import dev.pharos.server.modules.ModuleShelf.Unit;
import dev.pharos.server.store.ModuleStore.StoredModule;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One device and one module: looks what is installed, orders what is missing, and reads back what came of it. What it
/// does follows from what the device has, so that it can be begun again anywhere.
final class Deployment {
    /// What a device had before of which nothing was installed.
    static final String NOTHING = "none";

    private final DeployChore.Parts parts;
    private final EndpointId device;
    private final StoredModule module;
    private final String key;

    Deployment(DeployChore.Parts parts, EndpointId device, StoredModule module, String key) {
        this.parts = parts;
        this.device = device;
        this.module = module;
        this.key = key;
    }

    /// @param campaign for which; 0 for none
    /// @throws CallException where the device does not answer
    End forth(long campaign, Rollout rollout) throws CallException, InterruptedException {
        ModuleShelf shelf = look();
        List<Unit> there = shelf.of(module);
        if (campaign > 0) {
            parts.campaigns().begun(campaign, device, versions(there));
        }
        if (rollout.action() == Action.UNINSTALL) {
            return there.isEmpty()
                    ? done("has nothing of " + module.image().name())
                    : uninstall(shelf, there, rollout.keepData());
        }
        if (isThere(there, module)) {
            return verified("has " + module.called() + " already");
        }
        if (there.isEmpty() && rollout.action() == Action.UPDATE) {
            return done("has nothing of " + module.image().name() + " that could be updated");
        }
        Optional<String> objection = objection(shelf, there);
        return objection.isPresent() ? failed(objection.get()) : bring(shelf, there, rollout.keepData());
    }

    private Optional<String> objection(ModuleShelf shelf, List<Unit> there) {
        if (there.size() > 1) {
            return Optional.of("several versions of it are installed: " + versions(there) + "; remove some first");
        }
        String version = module.image().version();
        if (there.size() == 1
                && VersionOrder.NATURAL.compare(version, there.getFirst().version()) < 0) {
            return Optional.of("version " + version + " is older than " + versions(there) + ", which is installed");
        }
        List<String> unmet = new UnmetNeeds(module.needs(), shelf).all();
        return unmet.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", unmet));
    }

    /// @param there what it takes the place of; none, or one
    private End bring(ModuleShelf shelf, List<Unit> there, boolean keepData)
            throws CallException, InterruptedException {
        Optional<Link> link = parts.catalogue().link(module, Limits.LINK);
        if (link.isEmpty()) {
            return new End.Later(Duration.ofSeconds(5), "the server starts");
        }
        Map<String, String> arguments = new HashMap<>(Map.of("URL", link.get().url()));
        String command;
        if (there.isEmpty()) {
            command = ModuleShelf.MODULES + "InstallDU()";
            arguments.put("UUID", module.uuid());
            if (!module.needs().environment().isEmpty()) {
                new UnmetNeeds(module.needs(), shelf)
                        .environment()
                        .ifPresent(place -> arguments.put(
                                "ExecutionEnvRef",
                                place.path().substring(0, place.path().length() - 1)));
            }
        } else {
            command = there.getFirst().path() + "Update()";
            arguments.put("RetainData", Boolean.toString(keepData));
        }
        Optional<String> failure = new Operation(
                        parts,
                        device,
                        command,
                        key,
                        arguments,
                        (there.isEmpty() ? "install " : "update to ") + module.called())
                .run(shelf);
        return failure.isPresent()
                ? failed(failure.get())
                : verified("has " + module.called() + (there.isEmpty() ? "" : ", in place of " + versions(there)));
    }

    private End uninstall(ModuleShelf shelf, List<Unit> units, boolean keepData)
            throws CallException, InterruptedException {
        Optional<String> failure = removed(shelf, units, keepData);
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        List<Unit> left = look().of(module);
        return left.isEmpty()
                ? done("no longer has " + module.image().name() + " " + versions(units))
                : failed("the device says that it is done, and still has " + versions(left));
    }

    private Optional<String> removed(ModuleShelf shelf, List<Unit> units, boolean keepData)
            throws CallException, InterruptedException {
        // TR-069 cannot say whether data stays
        Map<String, String> arguments =
                parts.line().office().isManaged(device) ? Map.of() : Map.of("RetainData", Boolean.toString(keepData));
        for (Unit unit : units) {
            Optional<String> failure = new Operation(
                            parts,
                            device,
                            unit.path() + "Uninstall()",
                            key + "-" + unit.row(),
                            arguments,
                            "uninstall " + module.image().name() + " " + unit.version())
                    .run(shelf);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /// Brings the device back to what it had.
    ///
    /// @param before versions as of [#versions]
    End back(String before) throws CallException, InterruptedException {
        ModuleShelf shelf = look();
        List<Unit> there = shelf.of(module);
        if (versions(there).equals(before)) {
            return done(before.equals(NOTHING) ? "has nothing of it, as before" : "has " + before + ", as before");
        }
        if (before.equals(NOTHING)) {
            return uninstall(shelf, there, false);
        }
        // before anything is removed
        Optional<StoredModule> former =
                parts.catalogue().store().find(module.vendor(), module.image().name(), before);
        if (former.isEmpty()) {
            return failed("it had " + before + ", of which the catalogue has nothing");
        }
        List<Unit> others =
                there.stream().filter(unit -> !unit.version().equals(before)).toList();
        Optional<String> failure = removed(shelf, others, true);
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        Deployment way = new Deployment(parts, device, former.get(), key);
        ModuleShelf now = way.look();
        return isThere(now.of(module), former.get())
                ? way.verified("has " + former.get().called() + ", as before")
                : way.bring(now, List.of(), true);
    }

    /// Done where the device says so, and its units are well.
    private End verified(String what) throws CallException, InterruptedException {
        Instant until = parts.clock().instant().plus(Limits.SETTLING);
        while (true) {
            Optional<Unit> unit = unit();
            boolean late = parts.clock().instant().isAfter(until);
            boolean moving = unit.isEmpty()
                    || !unit.get().isInstalled()
                    || unit.get().executions().stream().anyMatch(Execution::isOnItsWay);
            if (!moving || late) {
                return judged(unit, what);
            }
            Thread.sleep(Limits.POLL);
        }
    }

    private Optional<Unit> unit() throws CallException {
        try {
            return look().of(module).stream()
                    .filter(each -> each.version().equals(module.image().version()))
                    .findFirst();
        } catch (CallException away) {
            if (Thread.currentThread().isInterrupted() || parts.line().office().isManaged(device)) {
                throw away;
            }
            return Optional.empty();
        }
    }

    private End judged(Optional<Unit> unit, String what) {
        if (unit.isEmpty()) {
            return failed("the device says that it is done, and " + module.called() + " is not there");
        }
        if (!unit.get().isInstalled()) {
            return failed(module.called() + " is " + unit.get().status() + ", not Installed");
        }
        String troubles = unit.get().executions().stream()
                .flatMap(each -> each.trouble().stream())
                .collect(Collectors.joining("; "));
        return troubles.isEmpty() ? done(what) : failed(module.called() + " is installed, but " + troubles);
    }

    private static boolean isThere(List<Unit> units, StoredModule wanted) {
        return units.stream()
                .anyMatch(unit -> unit.version().equals(wanted.image().version()));
    }

    private static String versions(List<Unit> units) {
        return units.isEmpty() ? NOTHING : units.stream().map(Unit::version).collect(Collectors.joining(", "));
    }

    private ModuleShelf look() throws CallException {
        return Operation.look(parts, device);
    }

    private static End done(String what) {
        return new End.Done("the device " + what, Optional.empty());
    }
}
