// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.device.DataModelEvent;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.software.ModuleSigners;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.modules.container.OciRuntime;
import dev.pharos.device.modules.process.RunAs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The host of the tests with software modules and its data model, started.
final class ModulesHost implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    final InstantiatedDataModel model;
    final List<DataModelEvent> events = new CopyOnWriteArrayList<>();
    private final SoftwareModules modules;

    ModulesHost(Path folder) throws IOException, InterruptedException {
        this(folder, CGROUPS, Duration.ofHours(23));
    }

    ModulesHost(Path folder, Path cgroups, Duration longest) throws IOException, InterruptedException {
        this(folder, cgroups, longest, Duration.ofSeconds(5));
    }

    /// @param stall for the next byte of an archive
    ModulesHost(Path folder, Path cgroups, Duration longest, Duration stall) throws IOException, InterruptedException {
        this(folder, cgroups, longest, stall, ModuleSigners.NONE);
    }

    /// @param signers whose signatures archives must have
    ModulesHost(Path folder, Path cgroups, Duration longest, Duration stall, ModuleSigners signers)
            throws IOException, InterruptedException {
        this(config(folder, cgroups, longest, stall, signers));
    }

    private static ModulesConfig config(
            Path folder, Path cgroups, Duration longest, Duration stall, ModuleSigners signers) throws IOException {
        return new ModulesConfig(
                folder,
                RunAs.self(),
                ServerTrust.OF_THE_RUNTIME,
                signers,
                new Patience(stall, 2, Duration.ofMillis(10)),
                OciRuntime.NONE,
                cgroups,
                longest);
    }

    /// With containers.
    ///
    /// @param runtime what runs them
    static ModulesHost with(Path folder, String runtime, Path cgroups, RunAs user)
            throws IOException, InterruptedException {
        ModulesConfig usual = config(folder, cgroups, Duration.ofHours(23), Duration.ofSeconds(5), ModuleSigners.NONE);
        return new ModulesHost(new ModulesConfig(
                folder, user, usual.trust(), usual.signers(), usual.patience(), runtime, cgroups, usual.longest()));
    }

    private ModulesHost(ModulesConfig config) throws IOException, InterruptedException {
        modules = SoftwareModules.open(config);
        model = InstantiatedDataModel.start(modules.elements(), ChangeJournal.none());
        model.onEvent(events::add);
    }

    Map<String, String> install(URI url, String... more) throws InterruptedException {
        Map<String, String> inputs = new HashMap<>(Map.of("URL", url.toString()));
        for (int i = 0; i < more.length; i += 2) {
            inputs.put(more[i], more[i + 1]);
        }
        return model.operate("Device.SoftwareModules.InstallDU()", inputs);
    }

    /// Why no containers can be run; empty where they can.
    String problem() {
        return modules.containerProblem();
    }

    /// The path of the only row of a table, with the dot at its end.
    String only(String table) {
        List<ObjectInstance> rows = rows(table);
        if (rows.size() != 1) {
            throw new AssertionError(table + " has " + rows.size() + " rows");
        }
        return rows.getFirst().path();
    }

    List<ObjectInstance> rows(String table) {
        return model.snapshot().object("Device.SoftwareModules.").orElseThrow().rows(table);
    }

    String unit() {
        return only("DeploymentUnit");
    }

    String execution() {
        return only("ExecutionUnit");
    }

    String value(String path) {
        return model.snapshot().value(path).orElseThrow(() -> new AssertionError("no " + path));
    }

    void set(String path, String value) {
        model.write(Origin.MANAGEMENT, transaction -> {
            transaction.set(path, value);
            return path;
        });
    }

    void awaitValue(String path, String value) {
        await().atMost(PATIENCE).until(() -> value(path).equals(value));
    }

    Map<String, String> request(String execution, String state) throws InterruptedException {
        return model.operate(execution + "SetRequestedState()", Map.of("RequestedState", state));
    }

    /// The arguments of the only event so far, which is forgotten then.
    Map<String, String> told() {
        await().atMost(PATIENCE).until(() -> !events.isEmpty());
        if (events.size() != 1 || !events.getFirst().name().equals("DUStateChange!")) {
            throw new AssertionError(events.toString());
        }
        return events.removeFirst().arguments();
    }

    @Override
    public void close() {
        model.close();
        modules.close();
    }

    /// Whether any process of the host has this in its command line.
    static boolean runs(String mark) {
        return ProcessHandle.allProcesses().anyMatch(process -> {
            try {
                return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                        .contains(mark);
            } catch (IOException gone) {
                return false;
            }
        });
    }
}
