// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import java.util.List;
import java.util.stream.Stream;

/// One record of two that are the same device's.
public final class RecordUnion {
    private static final String APART = "it is a record of its own again, and has not come since";

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

    /// What the record that stayed is without the other, where both are two again.
    ///
    /// @param gone the other, before they became one
    /// @param stayed the one, before that
    /// @param now what both are together
    public static DeviceRecord without(DeviceRecord gone, DeviceRecord stayed, DeviceRecord now) {
        List<String> tags = now.tags().stream()
                .filter(tag -> stayed.tags().contains(tag) || !gone.tags().contains(tag))
                .toList();
        DeviceRecord one =
                now.withTags(tags).withIdentity(identityWithout(gone.identity(), stayed.identity(), now.identity()));
        if (stayed.modelHash().isEmpty() && now.modelHash().equals(gone.modelHash())) {
            one = one.withModel("", stayed.parameterCount());
        }
        return now.inSessions() && !stayed.inSessions()
                ? one.withConnection(stayed.transport(), stayed.address(), now.verified())
                        .withStatus(DeviceStatus.OFFLINE, APART)
                : one;
    }

    /// The record that went, as it is again.
    public static DeviceRecord again(DeviceRecord gone) {
        return gone.withStatus(DeviceStatus.OFFLINE, APART).withOnboarded(false);
    }

    private static DeviceIdentity identityWithout(DeviceIdentity gone, DeviceIdentity stayed, DeviceIdentity now) {
        return new DeviceIdentity(
                own(gone.manufacturer(), stayed.manufacturer(), now.manufacturer()),
                own(gone.oui(), stayed.oui(), now.oui()),
                own(gone.modelName(), stayed.modelName(), now.modelName()),
                own(gone.productClass(), stayed.productClass(), now.productClass()),
                own(gone.serialNumber(), stayed.serialNumber(), now.serialNumber()),
                own(gone.hardwareVersion(), stayed.hardwareVersion(), now.hardwareVersion()),
                own(gone.softwareVersion(), stayed.softwareVersion(), now.softwareVersion()));
    }

    private static String own(String gone, String stayed, String now) {
        return stayed.isEmpty() && now.equals(gone) ? "" : now;
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
