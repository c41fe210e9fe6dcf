// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.usp.Frozen;
import java.util.Comparator;
import java.util.List;

/// All kinds of devices of which something is known.
///
/// @param all later ones count more where they say equally closely who is meant
public record Kinds(List<Kind> all) {
    /// Nothing is known of any.
    public static final Kinds NONE = new Kinds(List.of());

    public Kinds {
        all = Frozen.list(all);
    }

    /// Of which kinds a device is, the one that says it most closely last.
    public List<Kind> of(DeviceIdentity device) {
        // sorting keeps the order of those that are equal
        return all.stream()
                .filter(kind -> kind.match().matches(device))
                .sorted(Comparator.comparingInt(kind -> kind.match().closeness()))
                .toList();
    }

    /// What a device calls that which all are asked for by one name.
    ///
    /// @param root of its own data model, without a dot: `InternetGatewayDevice`
    public Naming namingFor(DeviceIdentity device, String root, Known known) {
        return Naming.of(of(device), root, known);
    }

    /// How a device is treated.
    public Manner mannerFor(DeviceIdentity device) {
        return Manner.of(of(device));
    }
}
