// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import java.util.List;
import java.util.stream.Stream;

/// One record of two that are the same device's.
public final class RecordUnion {
    private RecordUnion() {}

    /// It is there by whichever protocol it is there; what both say of it is as the one that stays says it.
    public static DeviceRecord of(DeviceRecord gone, DeviceRecord stays) {
        boolean byTheOther =
                !stays.online() && (gone.online() || stays.transport().isEmpty());
        DeviceRecord there = byTheOther ? gone : stays;
        DeviceRecord modelled = stays.modelHash().isEmpty() ? gone : stays;
        List<String> tags = Stream.concat(stays.tags().stream(), gone.tags().stream())
                .distinct()
                .toList();
        return new DeviceRecord(
                stays.id(),
                stays.approved() || gone.approved(),
                stays.verified() || gone.verified(),
                there.status(),
                there.statusReason(),
                there.transport(),
                there.address(),
                identity(gone.identity(), stays.identity()),
                stays.firstSeen().isBefore(gone.firstSeen()) ? stays.firstSeen() : gone.firstSeen(),
                stays.lastSeen().isAfter(gone.lastSeen()) ? stays.lastSeen() : gone.lastSeen(),
                or(stays.protocolVersions(), gone.protocolVersions()),
                modelled.modelHash(),
                modelled.parameterCount(),
                there.onboarded(),
                tags,
                stays.health());
    }

    private static DeviceIdentity identity(DeviceIdentity gone, DeviceIdentity stays) {
        return new DeviceIdentity(
                or(stays.manufacturer(), gone.manufacturer()),
                or(stays.oui(), gone.oui()),
                or(stays.modelName(), gone.modelName()),
                or(stays.productClass(), gone.productClass()),
                or(stays.serialNumber(), gone.serialNumber()),
                or(stays.hardwareVersion(), gone.hardwareVersion()),
                or(stays.softwareVersion(), gone.softwareVersion()));
    }

    private static String or(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
