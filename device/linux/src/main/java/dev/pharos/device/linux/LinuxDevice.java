// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.device.ServiceElement;
import java.util.List;

/// The Linux host that this process runs on, as a device: it shows what the host says of itself and lets
/// management change nothing but how it is watched.
///
/// Thread-safe.
public final class LinuxDevice {
    private final HostFiles files;
    private final Identity identity;

    private LinuxDevice(HostFiles files) {
        this.files = files;
        this.identity = Identity.of(files);
    }

    /// @throws IllegalStateException where nothing tells this host from others
    public static LinuxDevice open() {
        return new LinuxDevice(HostFiles.ofThisHost());
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

    /// Elements ready to be mounted in one data model, which closes them.
    public List<ServiceElement> elements() {
        return List.of(new HostElement(files, identity), new MonitorElement(files), new NetworkElement(files));
    }
}
