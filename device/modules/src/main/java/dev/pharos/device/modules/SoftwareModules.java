// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.device.modules.container.OciRuntime;
import dev.pharos.device.modules.process.Cages;
import dev.pharos.device.modules.process.UnitHost;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The software modules of this host: what management installs, over USP or TR-069, stays until it is uninstalled
/// (R-SMM.0), and runs while the agent does. Thread-safe.
public final class SoftwareModules implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoftwareModules.class);

    private final ModulesConfig config;
    private final Places places;
    private final Environments environments;
    private final UnitHost host;

    private SoftwareModules(ModulesConfig config, Places places, Environments environments, UnitHost host) {
        this.config = config;
        this.places = places;
        this.environments = environments;
        this.host = host;
    }

    /// Reads what is installed, and ends what an earlier agent left running or half done.
    ///
    /// @throws IOException where the folder cannot be used, another agent has it, or the host lacks a program
    public static SoftwareModules open(ModulesConfig config) throws IOException, InterruptedException {
        Places places = new Places(config.folder().toAbsolutePath().normalize());
        Store store = Store.open(places);
        try {
            Cages cages = Cages.find(config.cgroups(), "pharos-" + mark(places.root()));
            UnitHost host = UnitHost.of(cages, config.user());
            OciRuntime runtime = OciRuntime.find(config.runtime(), host, places.containers());
            return new SoftwareModules(config, places, new Environments(store, runtime), host);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    /// Tells the groups of two agents on one host apart.
    private static String mark(Path folder) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
            return Bytes.copyOf(hash).toHex().substring(0, 12);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /// Elements ready to be mounted in one data model, which closes them and so stops all units; may be called again
    /// after that, as when a device restarts.
    public List<ServiceElement> elements() {
        return List.of(new ModulesElement(config, places, environments, host));
    }

    /// Why this host runs no OCI images; empty where it does.
    public String containerProblem() {
        return environments.problem(EnvironmentKind.CONTAINERS);
    }

    /// Leaves the folder to others; the elements are closed.
    @Override
    public void close() {
        host.cages().close();
        try {
            environments.store().close();
        } catch (IOException failed) {
            LOG.warn("the lock of {} stays: {}", places.root(), failed.getMessage());
        }
    }
}
