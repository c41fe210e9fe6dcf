// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;

/// A kind of device, what it does otherwise than TR-069 has it, and what it calls otherwise than others.
///
/// @param name by which people speak of it
/// @param because how it is known, in one sentence
/// @param origin the file in which it stands, and the line: `acme.yaml:3`
/// @param match who is of this kind
/// @param quirks with their values, which are of the shape of the quirk
/// @param names by which what it has is shown besides its own
public record Kind(
        String name,
        String because,
        String origin,
        DeviceMatch match,
        Map<Quirk, List<String>> quirks,
        List<NameRule> names) {
    public Kind {
        quirks = Map.copyOf(quirks);
        names = Frozen.list(names);
        quirks.forEach((quirk, values) -> quirk.objection(values).ifPresent(wrong -> {
            throw new IllegalArgumentException(wrong);
        }));
    }
}
