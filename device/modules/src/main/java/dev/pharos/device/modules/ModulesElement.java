// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.device.modules.process.Supervisor;
import dev.pharos.device.modules.process.UnitHost;
import dev.pharos.device.modules.process.UnitState;
import dev.pharos.device.modules.process.UnitState.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs `Device.SoftwareModules.` on this host.
final class ModulesElement implements ServiceElement {
    private static final Logger LOG = LoggerFactory.getLogger(ModulesElement.class);
    private static final Pattern SETTING =
            Pattern.compile("Device[.]SoftwareModules[.]ExecutionUnit[.]([0-9]+)[.](.+)");
    private static final String RETRY_COUNT = "AutoRestart.RetryCount";
    private static final Pattern ENVIRONMENT = Pattern.compile("Device[.]SoftwareModules[.]ExecEnv[.]([0-9]+)[.](.+)");

    private final Environments environments;
    private final Store store;
    private final RunningUnits units;
    private final Teller teller;
    private final Deployer deployer;
    private final ModuleRows rows;
    private final Usage usage;
    /// What execution environments as a whole do, one after the other, and never while a writer waits.
    private final ExecutorService changes = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("exec-env").factory());

    private volatile @Nullable DeviceContext mounted;
    private volatile boolean open = true;
    private final Set<EnvironmentKind> restarting = ConcurrentHashMap.newKeySet();

    ModulesElement(ModulesConfig config, Places places, Environments environments, UnitHost host) {
        this.environments = environments;
        this.store = environments.store();
        this.units = new RunningUnits(places, host, environments.runtime(), this::publish);
        this.teller = new Teller(store);
        this.deployer = new Deployer(config, environments, places, units, teller, this::publish);
        this.rows = new ModuleRows(environments, units, deployer);
        this.usage = new Usage(places, store, units);
    }

    @Override
    public SupportedDataModel supported() {
        return ModulesModel.SUPPORTED;
    }

    @Override
    public void start(DeviceContext context) {
        Inventory now = store.now();
        for (DeploymentUnit unit : now.units()) {
            try {
                units.adopt(unit);
            } catch (IOException failed) {
                LOG.error(
                        "the units of {} cannot be started: {}", unit.manifest().name(), failed.getMessage());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        context.update(transaction -> {
            rows.write(transaction, now, Set.of());
            return transaction;
        });
        mounted = context;
        teller.begin(context);
        for (EnvironmentKind kind : EnvironmentKind.values()) {
            inTheEnvironment(() -> enter(kind));
        }
    }

    /// What may be interrupted, and fails for reasons that are noted and no more.
    private void inTheEnvironment(Steadily.Work work) {
        changes.execute(() -> {
            try {
                work.run();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException failed) {
                LOG.error("an execution environment is not as it should be", failed);
            }
        });
    }

    private void enter(EnvironmentKind kind) throws InterruptedException {
        Inventory now = store.now();
        if (now.environment(kind).enabled() && environments.problem(kind).isEmpty()) {
            units.enter(kind, now.environment(kind).initialRunLevel(), now.executions(kind));
        }
        publish();
    }

    /// Looks too whether what was missing is there now.
    private void enterAnew(EnvironmentKind kind) throws InterruptedException {
        if (kind == EnvironmentKind.CONTAINERS) {
            environments.runtime().look();
        }
        enter(kind);
    }

    private void leave(EnvironmentKind kind) throws InterruptedException {
        units.stop(store.now().executions(kind));
        publish();
    }

    private static List<ExecutionUnit> executions(Inventory inventory) {
        return inventory.units().stream().flatMap(unit -> unit.units().stream()).toList();
    }

    /// Makes the data model say what there is.
    private void publish() {
        DeviceContext context = mounted;
        if (context == null || !open) {
            return;
        }
        try {
            context.update(transaction -> {
                rows.write(transaction, store.now(), Set.copyOf(restarting));
                return transaction;
            });
        } catch (UspException refused) {
            if (open) {
                LOG.warn("the data model refused what software modules are: {}", refused.fault());
            }
        }
    }

    @Override
    public void apply(ChangeSet changes) {
        eachValue(changes, changed -> apply(changed.path(), changed.after()));
    }

    @Override
    public void undo(ChangeSet changes) {
        eachValue(changes, changed -> apply(changed.path(), changed.before()));
    }

    private static void eachValue(ChangeSet changes, Consumer<Change.ValueChanged> work) {
        for (Change change : changes.changes()) {
            if (change instanceof Change.ValueChanged changed) {
                work.accept(changed);
            }
        }
    }

    private void apply(String path, String value) {
        try {
            Matcher setting = SETTING.matcher(path);
            Matcher environment = ENVIRONMENT.matcher(path);
            if (setting.matches()) {
                adjust(Long.parseLong(setting.group(1)), setting.group(2), value);
            } else if (environment.matches()) {
                EnvironmentKind kind = kind(Long.parseLong(environment.group(1)));
                String name = environment.group(2);
                Inventory _ = store.change(now -> now.with(kind, was -> was.with(name, value)));
                if (name.equals("Enable")) {
                    boolean enabled = value.equals("true");
                    inTheEnvironment(() -> {
                        if (enabled) {
                            enterAnew(kind);
                        } else {
                            leave(kind);
                        }
                    });
                }
            }
        } catch (IOException failed) {
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, "it cannot be kept: " + failed.getMessage());
        }
    }

    private void adjust(long number, String name, String value) throws IOException {
        if (name.equals(RETRY_COUNT)) {
            units.supervisor(number).ifPresent(supervisor -> supervisor.retried(Long.parseLong(value)));
            return;
        }
        Inventory now = store.change(inventory -> inventory.adjusted(number, settings -> settings.with(name, value)));
        executions(now).stream().filter(unit -> unit.number() == number).forEach(units::adjust);
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return Usage.LIVE.contains(supportedParameterPath);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        return Long.toString(usage.read(object.instanceNumber().orElse(0), parameter));
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        long number = call.object().instanceNumber().orElse(0);
        switch (call.object().definition().path() + call.command().name()) {
            case ModelPaths.MODULES + "InstallDU()" -> {
                return deployer.install(call);
            }
            case ModelPaths.UNITS + "{i}.Update()" -> {
                return deployer.update(number, call);
            }
            case ModelPaths.UNITS + "{i}.Uninstall()" -> {
                return deployer.uninstall(number, call);
            }
            case ModelPaths.EXECUTIONS + "{i}.SetRequestedState()" -> request(number, call.input("RequestedState", ""));
            case ModelPaths.EXECUTIONS + "{i}.Restart()" -> restart(number);
            case ModelPaths.ENVIRONMENTS + "{i}.SetRunLevel()" ->
                runLevel(kind(number), Integer.parseInt(call.input("RequestedRunLevel", "0")));
            case ModelPaths.ENVIRONMENTS + "{i}.Restart()" ->
                restartEnvironment(kind(number), call.input("Reason", ""));
            default -> throw new IllegalArgumentException(call.command().name());
        }
        return Map.of();
    }

    private Supervisor supervisor(long number) {
        return units.supervisor(number)
                .orElseThrow(() -> new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "no such unit"));
    }

    private static EnvironmentKind kind(long number) {
        return EnvironmentKind.numbered(number)
                .orElseThrow(() ->
                        new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "no such execution environment"));
    }

    private void mustRun(long execution) {
        store.now().owner(execution).ifPresent(owner -> environments.mustRun(owner.kind()));
    }

    private void request(long number, String state) throws InterruptedException {
        Supervisor unit = supervisor(number);
        if (state.equals("Idle")) {
            unit.stop();
        } else {
            mustRun(number);
            unit.start(false);
        }
        publish();
        mustBeFaultless(unit.state());
    }

    private void restart(long number) throws InterruptedException {
        Supervisor unit = supervisor(number);
        mustRun(number);
        if (!unit.restart()) {
            throw ModuleFault.INVALID_ENVIRONMENT_STATE.because("it is being stopped");
        }
        publish();
        mustBeFaultless(unit.state());
    }

    private static void mustBeFaultless(UnitState state) {
        if (state.fault() != Fault.NO_FAULT && state.fault() != Fault.FAILURE_WHILE_ACTIVE) {
            throw new UspException(
                    StandardErrorCode.COMMAND_FAILURE, state.fault().text() + ": " + state.message());
        }
    }

    private void runLevel(EnvironmentKind kind, int level) throws InterruptedException {
        if (level < 0) {
            throw new UspException(StandardErrorCode.INVALID_VALUE, "RequestedRunLevel: there are run levels here");
        }
        environments.mustRun(kind);
        units.enter(kind, level, store.now().executions(kind));
        publish();
    }

    private void restartEnvironment(EnvironmentKind kind, String reason) throws InterruptedException {
        if (!environments.isEnabled(kind)) {
            throw ModuleFault.INVALID_ENVIRONMENT_STATE.because("the execution environment is disabled");
        }
        Instant when = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            Inventory _ = store.change(now -> now.with(kind, was -> was.restarted(reason, when)));
        } catch (IOException failed) {
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, "it cannot be kept: " + failed.getMessage());
        }
        restarting.add(kind);
        try {
            leave(kind);
        } finally {
            restarting.remove(kind);
        }
        enterAnew(kind);
        DeviceContext context = mounted;
        if (context != null) {
            context.raise(kind.path(), "Restarted!", Map.of("RestartTime", when.toString(), "RestartReason", reason));
        }
    }

    /// Stops all units; what is installed is there the next time.
    @Override
    public void close() {
        open = false;
        teller.end();
        changes.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            units.close(executions(store.now()));
            deployer.close();
        } catch (InterruptedException stop) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
