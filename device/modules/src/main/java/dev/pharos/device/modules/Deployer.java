// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.software.UnitUuid;
import dev.pharos.datamodel.software.VersionOrder;
import dev.pharos.device.modules.Delivery.Delivered;
import dev.pharos.device.modules.DeploymentUnit.Wishes;
import dev.pharos.device.modules.UnitChange.Kind;
import dev.pharos.device.modules.unit.FileTree;
import dev.pharos.device.modules.unit.Manifest;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// InstallDU(), Update() and Uninstall(): each ends as wanted, or leaves everything as it was, and tells which. Nothing
/// is tried again by itself (R-SMM.1). Thread-safe.
final class Deployer {
    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

    private final ModulesConfig config;
    private final Environments environments;
    private final Places places;
    private final Store store;
    private final RunningUnits units;
    private final Teller teller;
    private final Runnable publish;
    private final Semaphore free = new Semaphore(Limits.OPERATIONS);
    private final Map<Long, String> busy = new ConcurrentHashMap<>();

    /// @param publish makes the data model say what there is
    Deployer(
            ModulesConfig config,
            Environments environments,
            Places places,
            RunningUnits units,
            Teller teller,
            Runnable publish) {
        this.config = config;
        this.environments = environments;
        this.places = places;
        this.store = environments.store();
        this.units = units;
        this.teller = teller;
        this.publish = publish;
    }

    /// `Updating`, `Uninstalling` or `Installed`.
    String status(long unit) {
        return busy.getOrDefault(unit, "Installed");
    }

    /// Begins no operation any more, and waits for those that are at their last steps.
    void close() throws InterruptedException {
        if (!free.tryAcquire(Limits.OPERATIONS, Limits.GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("an operation on a deployment unit is left in its middle; the next start tells of it");
        }
    }

    /// What an operation does.
    @FunctionalInterface
    private interface Steps {
        Map<String, String> run(Deadline deadline) throws IOException, InterruptedException;
    }

    Map<String, String> install(CommandCall call) throws InterruptedException {
        UnitChange change = new UnitChange(Kind.INSTALL, call.input("UUID", "").toLowerCase(Locale.ROOT));
        return carryOut(change, deadline -> install(call, change, deadline));
    }

    Map<String, String> update(long number, CommandCall call) throws InterruptedException {
        return onUnit(
                new UnitChange(Kind.UPDATE, ""),
                number,
                "Updating",
                (unit, change, deadline) -> update(unit, call, change, deadline));
    }

    Map<String, String> uninstall(long number, CommandCall call) throws InterruptedException {
        boolean retain = call.input("RetainData", "false").equals("true");
        return onUnit(new UnitChange(Kind.UNINSTALL, ""), number, "Uninstalling", (unit, change, deadline) -> {
            deadline.end();
            Steadily.run(() -> uninstall(unit, retain, change));
            return Map.of();
        });
    }

    /// What an operation does with a unit that is installed.
    @FunctionalInterface
    private interface UnitSteps {
        Map<String, String> run(DeploymentUnit unit, UnitChange change, Deadline deadline)
                throws IOException, InterruptedException;
    }

    private Map<String, String> onUnit(UnitChange change, long number, String status, UnitSteps steps)
            throws InterruptedException {
        store.now().unit(number).ifPresent(change::about);
        return carryOut(change, deadline -> {
            if (busy.putIfAbsent(number, status) != null) {
                throw ModuleFault.INVALID_UNIT_STATE.because("it is " + status(number));
            }
            try {
                DeploymentUnit unit = store.now()
                        .unit(number)
                        .orElseThrow(() -> ModuleFault.INVALID_UNIT_STATE.because("it is not there any more"));
                change.about(unit);
                environments.mustBeEnabled(unit.kind());
                publish.run();
                return steps.run(unit, change, deadline);
            } finally {
                busy.remove(number);
                publish.run();
            }
        });
    }

    private Map<String, String> carryOut(UnitChange change, Steps steps) throws InterruptedException {
        if (!free.tryAcquire()) {
            UspException full = ModuleFault.TOO_MANY_OPERATIONS.because(
                    Limits.OPERATIONS + " operations on deployment units are under way");
            teller.tellUnkept(change.failed(full.code().code(), full.fault().errMsg()));
            throw full;
        }
        try (Deadline deadline = Deadline.in(config.longest())) {
            UspException failure;
            try {
                begin(change);
                Map<String, String> outputs = interruptible(steps, deadline);
                teller.tell(change.number());
                return outputs;
            } catch (UspException refused) {
                failure = refused;
            } catch (IOException disk) {
                failure = ModuleFault.RESOURCES_EXCEEDED.because("the disk does not do it: " + disk.getMessage());
            } catch (InterruptedException stop) {
                if (!deadline.isOver()) {
                    keep(change, change.failed(7002, "it was cancelled, or the agent stopped meanwhile"));
                    teller.later(List.of(change.number()));
                    throw stop;
                }
                failure = ModuleFault.REQUEST_DENIED.because(
                        "it did not end within " + config.longest().toSeconds() + " s");
            }
            keep(change, change.failed(failure.code().code(), failure.fault().errMsg()));
            teller.tell(change.number());
            throw failure;
        } finally {
            free.release();
        }
    }

    /// Where an interrupt closes a file that is being written, it is an interrupt.
    private static Map<String, String> interruptible(Steps steps, Deadline deadline)
            throws IOException, InterruptedException {
        try {
            return steps.run(deadline);
        } catch (ClosedByInterruptException closed) {
            boolean _ = Thread.interrupted();
            throw new InterruptedException();
        }
    }

    /// From here on it is told of, even where this process dies.
    private void begin(UnitChange change) throws IOException {
        change.numbered(store.number());
        Inventory _ = store.change(
                inventory -> inventory.telling(change.number(), change.failed(7002, "the device restarted meanwhile")));
    }

    private void keep(UnitChange change, Map<String, String> event) {
        try {
            Inventory _ = store.change(inventory -> inventory.telling(change.number(), event));
        } catch (IOException full) {
            LOG.error("why an operation failed cannot be kept: {}", full.getMessage());
            teller.tellUnkept(event);
        }
    }

    private Map<String, String> install(CommandCall call, UnitChange change, Deadline deadline)
            throws IOException, InterruptedException {
        UnitArguments.mustBePossible(call);
        Optional<EnvironmentKind> meant = environments.named(call.input("ExecutionEnvRef", ""));
        String wanted = call.input("UUID", "").toLowerCase(Locale.ROOT);
        if (!wanted.isEmpty() && !UnitUuid.isOne(wanted)) {
            throw ModuleFault.INVALID_ARGUMENTS.because("UUID: not one of version 5 (RFC 4122)");
        }
        meant.ifPresentOrElse(environments::mustRun, environments::oneMustRun);
        if (store.now().units().size() >= Limits.UNITS) {
            throw ModuleFault.RESOURCES_EXCEEDED.because(Limits.UNITS + " deployment units are installed");
        }
        DeploymentUnit.Source source = UnitArguments.source(call);
        Wishes wishes = UnitArguments.wishes(call, new Wishes(-1, -1, -1, Map.of()));
        long number = store.number();
        boolean installed = false;
        try {
            Delivered delivered = new Delivery(config, places)
                    .bring(
                            call,
                            source,
                            change.number(),
                            wishes,
                            places.release(number, number),
                            kind -> mustTake(call, kind, meant));
            Manifest manifest = delivered.manifest();
            DeploymentUnit unit = planned(number, delivered, source, wishes, call);
            change.about(unit.uuid(), manifest.version());
            if (!wanted.isEmpty() && !wanted.equals(unit.uuid())) {
                throw ModuleFault.INVALID_ARGUMENTS.because(
                        "UUID: that of " + manifest.name() + " of " + manifest.vendor() + " is " + unit.uuid());
            }
            deadline.end();
            Steadily.run(() -> bringUp(unit, change));
            installed = true;
            return Map.of(
                    "UUID",
                    unit.uuid(),
                    "Version",
                    manifest.version(),
                    "ExecEnvRef",
                    unit.kind().reference());
        } finally {
            if (!installed) {
                FileTree.remove(places.unit(number));
            }
        }
    }

    private void mustTake(CommandCall call, EnvironmentKind kind, Optional<EnvironmentKind> meant) {
        meant.filter(wanted -> wanted != kind).ifPresent(wanted -> {
            throw ModuleFault.MISMATCH.because(
                    kind == EnvironmentKind.CONTAINERS
                            ? "it is an OCI image, which " + wanted.label() + " does not run"
                            : "it is no OCI image, which is all that " + wanted.label() + " runs");
        });
        environments.mustRun(kind);
        UnitArguments.mustBeUnprivileged(call, kind, units.host().user());
    }

    private DeploymentUnit planned(
            long number, Delivered delivered, DeploymentUnit.Source source, Wishes wishes, CommandCall call)
            throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Manifest manifest = delivered.manifest();
        return new DeploymentUnit(
                number,
                delivered.kind(),
                manifest.uuid().toString(),
                number,
                source,
                now,
                now,
                call.input("ModuleVersion", ""),
                wishes,
                executions(delivered, List.of(), UnitArguments.settings(call), now),
                manifest);
    }

    private void bringUp(DeploymentUnit unit, UnitChange change) throws IOException, InterruptedException {
        try {
            units.adopt(unit);
            commit(unit, change);
        } catch (IOException | UspException failed) {
            giveUp(unit);
            throw failed;
        }
        publish.run();
        units.startAutomatic(unit.kind(), unit.units());
        publish.run();
    }

    private void giveUp(DeploymentUnit unit) throws IOException {
        units.forget(unit.units());
        if (!store.now().retained().contains(unit.uuid())) {
            removeData(unit.uuid(), unit.number());
        }
    }

    /// From here on it is installed, even where this process dies.
    ///
    /// @throws UspException 7226 where this version is installed
    private void commit(DeploymentUnit unit, UnitChange change) throws IOException {
        Inventory _ = store.change(inventory -> {
            boolean twice = inventory.units().stream()
                    .anyMatch(other -> other.number() != unit.number()
                            && other.kind() == unit.kind()
                            && other.uuid().equals(unit.uuid())
                            && other.manifest().version().equals(unit.manifest().version()));
            if (twice) {
                throw ModuleFault.DUPLICATE.because("version " + unit.manifest().version() + " of "
                        + unit.manifest().name() + " is installed");
            }
            change.about(unit);
            return inventory.with(unit).telling(change.number(), change.done());
        });
    }

    /// Units of the same name stay what they are.
    private List<ExecutionUnit> executions(
            Delivered delivered, List<ExecutionUnit> before, UnitSettings usual, Instant now) throws IOException {
        List<ExecutionUnit> all = new ArrayList<>();
        int level = Math.max(0, store.now().environment(delivered.kind()).initialUnitRunLevel());
        for (var plan : delivered.manifest().units()) {
            ExecutionUnit same = before.stream()
                    .filter(unit -> unit.name().equals(plan.name()))
                    .findFirst()
                    .orElse(null);
            all.add(
                    same != null
                            ? same
                            : new ExecutionUnit(
                                    store.number(),
                                    plan.name(),
                                    now,
                                    new UnitSettings(
                                            plan.autoStart(),
                                            plan.runLevel() < 0 ? level : plan.runLevel(),
                                            usual.shutdownDelay(),
                                            usual.restart())));
        }
        return all;
    }

    private Map<String, String> update(DeploymentUnit old, CommandCall call, UnitChange change, Deadline deadline)
            throws IOException, InterruptedException {
        UnitArguments.mustBePossible(call);
        DeploymentUnit.Source source = call.input("URL", "").isEmpty() ? old.source() : UnitArguments.source(call);
        Wishes wishes = UnitArguments.wishes(call, old.wishes());
        long release = store.number();
        boolean updated = false;
        try {
            Delivered delivered = new Delivery(config, places)
                    .bring(
                            call,
                            source,
                            change.number(),
                            wishes,
                            places.release(old.number(), release),
                            kind -> mustTake(call, kind, Optional.of(old.kind())));
            Manifest manifest = delivered.manifest();
            mustSucceed(manifest, old);
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            DeploymentUnit unit = new DeploymentUnit(
                    old.number(),
                    old.kind(),
                    old.uuid(),
                    release,
                    source,
                    old.installed(),
                    now,
                    call.input("ModuleVersion", old.moduleVersion()),
                    wishes,
                    executions(
                            delivered,
                            store.now().unit(old.number()).orElse(old).units(),
                            UnitArguments.settings(call),
                            now),
                    manifest);
            deadline.end();
            boolean retain = call.input("RetainData", "false").equals("true");
            Steadily.run(() -> replace(old, unit, retain, change));
            updated = true;
            return Map.of();
        } finally {
            FileTree.remove(places.release(old.number(), updated ? old.release() : release));
        }
    }

    private static void mustSucceed(Manifest manifest, DeploymentUnit old) {
        if (!manifest.uuid().toString().equals(old.uuid())) {
            throw ModuleFault.MISMATCH.because("it is another unit: " + manifest.name() + " of " + manifest.vendor());
        }
        int order =
                VersionOrder.NATURAL.compare(manifest.version(), old.manifest().version());
        if (order == 0) {
            throw ModuleFault.DUPLICATE.because("version " + manifest.version() + " is installed");
        }
        if (order < 0) {
            throw Downgrade.refused(manifest.version(), old.manifest().version());
        }
    }

    /// Units that run stop, and start again as what they are now.
    private void replace(DeploymentUnit old, DeploymentUnit unit, boolean retain, UnitChange change)
            throws IOException, InterruptedException {
        List<ExecutionUnit> before = store.now().unit(old.number()).orElse(old).units();
        Set<String> ran = new HashSet<>(
                units.running(before).stream().map(ExecutionUnit::name).toList());
        units.retire(before, config.longest());
        try {
            commit(unit, change);
        } catch (IOException | UspException failed) {
            goOnAs(old, ran);
            throw failed;
        }
        units.forget(before);
        if (!retain) {
            removeData(unit.uuid(), unit.number());
        }
        goOnAs(unit, ran);
    }

    private void goOnAs(DeploymentUnit unit, Set<String> ran) throws IOException, InterruptedException {
        units.adopt(unit);
        publish.run();
        for (ExecutionUnit one : unit.units()) {
            var supervisor = units.supervisor(one.number());
            if (ran.contains(one.name()) && supervisor.isPresent()) {
                supervisor.get().start(true);
            }
        }
        units.startAutomatic(unit.kind(), unit.units());
    }

    private void uninstall(DeploymentUnit unit, boolean retain, UnitChange change)
            throws IOException, InterruptedException {
        units.retire(unit.units(), config.longest());
        try {
            Inventory _ = store.change(inventory -> {
                Inventory next = inventory.without(unit.number()).telling(change.number(), change.done());
                return retain ? next.retaining(unit.uuid()) : next;
            });
        } catch (IOException full) {
            goOnAs(unit, Set.of());
            throw full;
        }
        units.forget(unit.units());
        publish.run();
        if (!retain) {
            removeData(unit.uuid(), unit.number());
        }
        FileTree.remove(places.unit(unit.number()));
        for (ExecutionUnit one : unit.units()) {
            FileTree.remove(places.log(one.number()));
            FileTree.remove(places.olderLog(one.number()));
        }
    }

    /// Another version of the unit may be there, with the same data.
    private void removeData(String uuid, long number) throws IOException {
        boolean shared = store.now().units().stream()
                .anyMatch(other -> other.number() != number && other.uuid().equals(uuid));
        if (!shared) {
            for (Path stored : places.stored(uuid)) {
                FileTree.remove(stored);
            }
        }
    }
}
