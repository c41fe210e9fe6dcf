// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.modules.container.Bind;
import dev.pharos.device.modules.container.Bundle;
import dev.pharos.device.modules.container.OciRuntime;
import dev.pharos.device.modules.container.Program;
import dev.pharos.device.modules.process.RunAs;
import dev.pharos.device.modules.process.Work;
import dev.pharos.device.modules.unit.Bounds;
import dev.pharos.device.modules.unit.Image;
import dev.pharos.device.modules.unit.ImageReader;
import dev.pharos.device.modules.unit.ImageUser;
import dev.pharos.device.modules.unit.UnitFormatException;
import dev.pharos.device.modules.unit.UnitPlan;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes of an execution unit what is run, as a process or in a container, and the folders that it stores into.
/// Immutable.
record UnitWork(Places places, RunAs user, OciRuntime runtime) {
    private static final Path RESOLVER = Path.of(Image.RESOLVER);
    /// What programs of images are used to, where these say nothing else.
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// Makes the folders that a deployment unit stores into, for whoever its units run as.
    void prepareData(DeploymentUnit unit) throws IOException {
        own(places.data(unit.uuid()));
    }

    private void own(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        if (!user.itself()) {
            Files.setAttribute(folder, "unix:uid", (int) user.uid());
            Files.setAttribute(folder, "unix:gid", (int) user.gid());
        }
    }

    /// What a unit does when it runs.
    ///
    /// @throws IOException where it cannot be run
    Work of(DeploymentUnit unit, ExecutionUnit one) throws IOException {
        return unit.kind() == EnvironmentKind.CONTAINERS ? container(unit, one) : process(unit, one);
    }

    static String id(ExecutionUnit one) {
        return "eu-" + one.number();
    }

    Bounds bounds(DeploymentUnit unit, ExecutionUnit one) {
        return unit.plan(one)
                .bounds()
                .with(unit.wishes().memory(), unit.wishes().cpu(), unit.wishes().disk());
    }

    private Work process(DeploymentUnit unit, ExecutionUnit one) {
        UnitPlan plan = unit.plan(one);
        Path folder = places.release(unit.number(), unit.release()).toAbsolutePath();
        List<String> command = new ArrayList<>(plan.command());
        command.set(0, folder.resolve(command.getFirst()).toString());
        Map<String, String> environment = new LinkedHashMap<>();
        say(environment, places.data(unit.uuid()).toAbsolutePath().toString(), one.name());
        environment.putAll(plan.environment());
        environment.putAll(unit.wishes().environment());
        return new Work(id(one), command, folder, environment, bounds(unit, one), places.log(one.number()));
    }

    private static void say(Map<String, String> environment, String data, String name) {
        environment.put("HOME", data);
        environment.put("PHAROS_DATA", data);
        environment.put("PHAROS_UNIT", name);
    }

    private Work container(DeploymentUnit unit, ExecutionUnit one) throws IOException {
        Path folder = places.release(unit.number(), unit.release()).toAbsolutePath();
        Path root = folder.resolve(Image.ROOT);
        Image image;
        ImageUser within;
        try {
            image = ImageReader.read(folder);
            within = ImageUser.of(root, image.user());
        } catch (UnitFormatException damaged) {
            throw new IOException("the image is damaged: " + damaged.getMessage());
        }
        List<Bind> binds = new ArrayList<>();
        binds.add(new Bind(places.data(unit.uuid()).toAbsolutePath(), Image.DATA, true));
        for (String volume : image.volumes()) {
            Path kept = places.volumes(unit.uuid()).resolve(URLEncoder.encode(volume, StandardCharsets.UTF_8));
            own(kept);
            binds.add(new Bind(kept.toAbsolutePath(), volume, true));
        }
        if (Files.isRegularFile(RESOLVER)) {
            binds.add(new Bind(RESOLVER, Image.RESOLVER, false));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", PATH);
        environment.put("LANG", "C.UTF-8");
        say(environment, Image.DATA, one.name());
        environment.putAll(unit.plan(one).environment());
        environment.putAll(unit.wishes().environment());
        Program program = new Program(unit.plan(one).command(), environment, image.folder(), within);
        Bundle bundle = new Bundle(root, program, unit.folderName(), binds);
        return runtime.work(id(one), bundle, image.stopSignal(), folder, bounds(unit, one), places.log(one.number()));
    }
}
