// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.device.firmware.files.LogFile;
import dev.pharos.device.firmware.files.ShownFiles;
import dev.pharos.device.linux.files.LogProgram;
import dev.pharos.device.linux.firmware.FirmwareInstaller;
import dev.pharos.device.linux.program.HostProgram;
import dev.pharos.device.prplos.ambiorix.AmbiorixElement;
import dev.pharos.device.prplos.ambiorix.Yielding;
import dev.pharos.device.prplos.firmware.FirmwareBanks;
import dev.pharos.device.prplos.firmware.Sysupgrade;
import dev.pharos.device.prplos.mapping.MappedElement;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.mapping.UciBackup;
import dev.pharos.device.prplos.mapping.Way;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.device.prplos.uci.UciStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A gateway of which the configuration is in UCI and the daemons are on ubus.
public final class PrplosDevice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrplosDevice.class);

    /// What the agent answers for itself, whatever plug-ins say of it.
    private static final Set<String> OF_THE_AGENT = Set.of(
            "LocalAgent",
            "MQTT",
            "STOMP",
            "UnixDomainSockets",
            "USPServices",
            "BulkData",
            "Security",
            "ManagementServer",
            "SoftwareModules",
            "GatewayInfo");

    /// Where OpenWrt has what prints the log of its log daemon.
    private static final List<Path> LOG_PROGRAMS = List.of(Path.of("/sbin/logread"), Path.of("/usr/sbin/logread"));

    /// Where the kernel has its lights, beneath the root of the file system.
    private static final Path LIGHTS = Path.of("sys/class/leds");

    /// Where images wait, which OpenWrt wants in memory.
    private static final Path IMAGES = Path.of("pharos-agent-firmware");

    /// How long to wait for a bus that is there, before it is known what plug-ins are on it.
    private static final Duration CONNECTION = Duration.ofSeconds(5);

    private final UbusClient ubus;
    private final UbusDaemons daemons;
    private final List<ServiceElement> elements;
    private final Set<String> ours;
    private final UciStore store;
    private final MappedElement configured;
    private final Path beside;

    private PrplosDevice(
            UbusClient ubus,
            UbusDaemons daemons,
            List<ServiceElement> elements,
            Set<String> ours,
            UciStore store,
            MappedElement configured,
            Path beside) {
        this.ubus = ubus;
        this.daemons = daemons;
        this.elements = elements;
        this.ours = ours;
        this.store = store;
        this.configured = configured;
        this.beside = beside;
    }

    /// Begins to connect to ubus, which may come later; plug-ins of prplOS are those that are there now.
    ///
    /// @param guarding how changes are guarded that may cut the way to the controller
    /// @throws IllegalArgumentException where the mapping has what the gateway model has not
    public static PrplosDevice open(UciFolders folders, UbusConfig ubus, Mapping mapping, Way.Guarding guarding) {
        UbusClient client = UbusClient.open(ubus);
        Optional<AmbiorixElement> plugins = plugins(client, ubus);
        Set<String> ofPlugins = plugins.map(AmbiorixElement::objects).orElse(Set.of());
        UciStore store = new UciStore(folders);
        Mapping mapped = mapping.without(ofPlugins).presentIn(store);
        List<ServiceElement> elements = new ArrayList<>();
        UbusDaemons daemons = daemons(client, folders.beside());
        MappedElement configured = new MappedElement(mapped, store, daemons, guarding);
        elements.add(configured);
        plugins.ifPresent(elements::add);
        Set<String> ours = new HashSet<>(ofPlugins);
        ours.addAll(mapped.answeredFor());
        return new PrplosDevice(
                client, daemons, List.copyOf(elements), Set.copyOf(ours), store, configured, folders.beside());
    }

    /// @param beside where daemons leave what is not kept, beside which the kernel shows itself
    private static UbusDaemons daemons(UbusClient client, Path beside) {
        return new UbusDaemons(client, beside, beside.resolveSibling(LIGHTS));
    }

    private static Optional<AmbiorixElement> plugins(UbusClient client, UbusConfig config) {
        try {
            boolean connected = config.sockets().stream().anyMatch(Files::exists) && client.awaitConnected(CONNECTION);
            return connected ? AmbiorixElement.find(client, OF_THE_AGENT) : Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Elements of the same host, without what plug-ins and the configuration answer for.
    public List<ServiceElement> beside(List<ServiceElement> others) {
        return ours.isEmpty()
                ? others
                : others.stream()
                        .<ServiceElement>map(element -> new Yielding(element, ours))
                        .filter(element -> !element.supported().objects().isEmpty())
                        .toList();
    }

    /// Elements ready to be mounted in one data model, which closes them.
    public List<ServiceElement> elements() {
        return elements;
    }

    /// The configuration of the gateway as one file, and its log where there is a program that prints it.
    /// Their element is to be mounted after [#elements].
    ///
    /// @param folder where a configuration is kept while it is put in place
    public ShownFiles files(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<LogFile> logs = LOG_PROGRAMS.stream()
                .filter(Files::isExecutable)
                .limit(1)
                .<LogFile>map(program -> new LogProgram(new HostProgram(program, "logread")))
                .toList();
        return new ShownFiles(List.of(new UciBackup(store, configured, folder.resolve("restoring.tar.gz"))), logs);
    }

    /// What puts firmware onto this gateway: the two banks that `fwbank` has, or `sysupgrade`; empty where there
    /// is neither.
    public Optional<FirmwareInstaller> installer() {
        Path images = beside.resolve(IMAGES);
        Path root = beside.resolveSibling(".").normalize();
        try {
            if (ubus.awaitConnected(Duration.ZERO)) {
                Optional<FirmwareBanks> banks = FirmwareBanks.find(ubus, images);
                if (banks.isPresent()) {
                    return Optional.of(banks.get());
                }
            }
            return Sysupgrade.isBeneath(root) ? Optional.of(new Sysupgrade(ubus, root, images)) : Optional.empty();
        } catch (IOException taken) {
            LOG.warn("there are no firmware images: {}", taken.getMessage());
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Offers an object on ubus, for as long as the device is open.
    public void offer(UbusObject object) {
        try {
            ubus.serve(object);
        } catch (UbusException refused) {
            LOG.warn("ubus does not take the object {}: {}", object.path(), refused.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Sends an event to whoever listens on ubus; waits for ubusd for a short while.
    public void tell(String event, UbusTable data) {
        daemons.tell(event, data);
    }

    /// Ends the connection to ubus, once the data model is closed.
    @Override
    public void close() {
        ubus.close();
    }
}
