// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.kind;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.KnownOfDevice;
import dev.pharos.controller.kind.Kinds;
import dev.pharos.controller.kind.Naming;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.TwinStore;

/// By which names devices are known that have others of their own.
public final class DeviceNames {
    private static final String TR_098 = "InternetGatewayDevice";
    private static final String TR_181 = "Device";

    private final KindShelf shelf;
    private final TwinStore twins;

    public DeviceNames(KindShelf shelf, TwinStore twins) {
        this.shelf = shelf;
        this.twins = twins;
    }

    /// What a device calls what is shown; over USP by the same names.
    public Naming of(DeviceRecord device) {
        Kinds kinds = device.transport().equals(AcsOffice.TRANSPORT) ? shelf.kinds() : Kinds.NONE;
        boolean older = !kinds.all().isEmpty()
                && !twins.list(device.id(), TR_098 + ".", 1).isEmpty();
        return kinds.namingFor(
                device.identity(), older ? TR_098 : TR_181, KnownOfDevice.remembered(twins, device.id()));
    }
}
