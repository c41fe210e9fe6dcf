// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import dev.pharos.datamodel.software.UnitUuid;
import java.util.List;
import java.util.UUID;

/// What a deployment unit says of itself, in a file [#FILE] at the top of its archive.
///
/// @param vendor a domain name
/// @param units may be empty
public record Manifest(String name, String vendor, String version, String description, List<UnitPlan> units) {
    /// Properties of Java, in UTF-8; docs/software-modules.md has the keys.
    public static final String FILE = "pharos-unit.properties";

    public Manifest {
        units = List.copyOf(units);
    }

    Manifest with(List<UnitPlan> now) {
        return new Manifest(name, vendor, version, description, now);
    }

    /// The same for all versions, on all devices (TR-181, annex on UUIDs).
    public UUID uuid() {
        return UnitUuid.of(name, vendor);
    }
}
