// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.device.diagnostics.DiagnosticsElement;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.linux.firmware.FirmwareElement;
import dev.pharos.device.linux.firmware.FirmwareInstaller;
import dev.pharos.device.linux.firmware.ImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Linux host that this process runs on, as a device: it shows what the host says of itself and lets
/// management change nothing but how it is watched, and its firmware where there is an installer for it. It measures
/// the network on demand, and gives packets back to whom management names.
///
/// Thread-safe.
public final class LinuxDevice {
    private final HostFiles files;
    private final Identity identity;

    private final Optional<FirmwareElement> firmware;
    private final ServerTrust trust;

    private LinuxDevice(HostFiles files, Identity identity, Optional<FirmwareElement> firmware, ServerTrust trust) {
        this.files = files;
        this.identity = identity;
        this.firmware = firmware;
        this.trust = trust;
    }

    /// @throws IllegalStateException where nothing tells this host from others
    public static LinuxDevice open() {
        return of(HostFiles.ofThisHost());
    }

    static LinuxDevice of(HostFiles files) {
        return new LinuxDevice(files, Identity.of(files), Optional.empty(), ServerTrust.OF_THE_RUNTIME);
    }

    /// The same host, with firmware images that an installer puts where it boots from.
    ///
    /// @throws IOException where what was kept of the images cannot be read or written
    public LinuxDevice with(FirmwareInstaller installer, ImageSource source) throws IOException {
        Identity now = installer.version().map(identity::running).orElse(identity);
        String bootId = files.word("/proc/sys/kernel/random/boot_id").orElse("");
        return new LinuxDevice(
                files, now, Optional.of(FirmwareElement.open(installer, source, now.softwareVersion(), bootId)), trust);
    }

    /// The same host, which believes these to vouch for the servers that it measures.
    public LinuxDevice trusting(ServerTrust those) {
        return new LinuxDevice(files, identity, firmware, those);
    }

    /// Six hex digits, of the first network card with a maker's address; `000000` where there is none.
    public String oui() {
        return identity.oui();
    }

    public String productClass() {
        return identity.productClass();
    }

    /// The maker's serial number, or one that stays the same as long as this installation does.
    public String serialNumber() {
        return identity.serialNumber();
    }

    /// The name and version of the distribution.
    public String softwareVersion() {
        return identity.softwareVersion();
    }

    /// What the processors of this host are for alone, for a device that is made up and runs real programs on it. Ready
    /// to be mounted in one data model, which closes it.
    public static ServiceElement processors() {
        return new ProcessorElement(HostFiles.ofThisHost());
    }

    /// Elements ready to be mounted in one data model, which closes them.
    public List<ServiceElement> elements() {
        List<ServiceElement> elements = new ArrayList<>(List.of(
                new HostElement(files, identity),
                new MonitorElement(files),
                new ProcessorElement(files),
                new NetworkElement(files),
                DiagnosticsElement.ofThisHost(trust)));
        firmware.ifPresent(elements::add);
        return elements;
    }
}
