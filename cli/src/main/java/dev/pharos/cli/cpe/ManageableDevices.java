// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `Device.ManagementServer.ManageableDevice.`: of each device at home that told the gateway by DHCP who it is a row,
/// by
/// which an ACS knows behind which gateway it stands (TR-069 Annex F). They are read from a folder that a hook of the
/// DHCP server fills, as [HomeDevice] says, whenever the kernel tells that something is new there. Thread-safe.
final class ManageableDevices implements ServiceElement {
    /// How many there are, of which an ACS is told no more often than it said.
    static final String COUNT = ManagementServerElement.OBJECT + "ManageableDeviceNumberOfEntries";

    private static final Logger LOG = LoggerFactory.getLogger(ManageableDevices.class);
    private static final SupportedDataModel MODEL = ShippedModel.read("manageable-device.dm");
    private static final String TABLE = ManagementServerElement.OBJECT + "ManageableDevice.";
    private static final String HOSTS = "Device.Hosts.";

    private final Path folder;
    private final WatchService kernel;
    private volatile Optional<DeviceContext> context = Optional.empty();
    private volatile List<HomeDevice> devices = List.of();

    private ManageableDevices(Path folder, WatchService kernel) {
        this.folder = folder;
        this.kernel = kernel;
    }

    /// Empty where there is no such folder: nobody writes down there what devices say.
    static Optional<ManageableDevices> of(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            WatchService kernel = folder.getFileSystem().newWatchService();
            try {
                folder.register(
                        kernel,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            } catch (IOException untold) {
                kernel.close();
                throw untold;
            }
            return Optional.of(new ManageableDevices(folder, kernel));
        } catch (IOException untold) {
            LOG.warn("devices at home are not shown: {} cannot be watched: {}", folder, untold.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public SupportedDataModel supported() {
        return MODEL;
    }

    @Override
    public void start(DeviceContext started) {
        context = Optional.of(started);
    }

    /// The device has started: from now on there is a row for each such device.
    void follow(InstantiatedDataModel model) {
        read();
        show();
        model.onChange(changes -> {
            if (!devices.isEmpty() && changes.changes().stream().anyMatch(ManageableDevices::isOfHost)) {
                show();
            }
        });
        Thread.ofVirtual().name("devices-at-home").start(this::listen);
    }

    private static boolean isOfHost(Change change) {
        return change.path().startsWith(HOSTS)
                && (!(change instanceof Change.ValueChanged) || change.path().endsWith(".PhysAddress"));
    }

    private void listen() {
        try {
            boolean there = true;
            while (there) {
                WatchKey key = kernel.take();
                key.pollEvents();
                there = key.reset();
                read();
                show();
            }
        } catch (InterruptedException | ClosedWatchServiceException closed) {
            LOG.debug("the watch of {} has ended", folder);
        }
    }

    private void show() {
        context.ifPresent(started -> started.update(transaction -> {
            Map<HomeDevice.Identity, Set<String>> known = new LinkedHashMap<>();
            for (HomeDevice device : devices) {
                known.computeIfAbsent(device.identity(), _ -> new HashSet<>()).add(device.mac());
            }
            Set<String> shown = new HashSet<>();
            known.forEach((identity, macs) -> shown.add(show(transaction, identity, macs)));
            for (ObjectInstance row :
                    rows(transaction.snapshot(), ManagementServerElement.OBJECT, "ManageableDevice")) {
                if (!shown.contains(row.path())) {
                    transaction.delete(row.path());
                }
            }
            return shown;
        }));
    }

    private void read() {
        try {
            devices = HomeDevice.in(folder);
        } catch (IOException gone) {
            LOG.warn("no devices at home are known: {} cannot be read: {}", folder, gone.getMessage());
            devices = List.of();
        }
    }

    private static String show(Transaction transaction, HomeDevice.Identity identity, Set<String> macs) {
        String row = transaction.add(
                TABLE,
                Map.of(
                        "ManufacturerOUI",
                        identity.oui(),
                        "SerialNumber",
                        identity.serialNumber(),
                        "ProductClass",
                        identity.productClass()));
        String hosts = String.join(
                ",",
                rows(transaction.snapshot(), HOSTS, "Host").stream()
                        .filter(host -> macs.contains(
                                host.value("PhysAddress").orElse("").toLowerCase(Locale.ROOT)))
                        .map(host -> host.path().substring(0, host.path().length() - 1))
                        .toList());
        transaction.set(row + "Host", hosts);
        return row;
    }

    private static List<ObjectInstance> rows(Snapshot snapshot, String holder, String table) {
        return snapshot.object(holder)
                .filter(found -> found.definition().path().equals(holder))
                .map(found -> found.rows(table))
                .orElse(List.of());
    }

    @Override
    public void close() {
        try {
            kernel.close();
        } catch (IOException gone) {
            LOG.debug("the watch of {} had ended: {}", folder, gone.getMessage());
        }
    }
}
