// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.modules;

import dev.pharos.datamodel.software.VersionOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A module that another one needs on the device.
///
/// @param least the version that it has at least; empty where any will do
public record Dependency(String name, String vendor, String least) {
    private static final Pattern TEXT = Pattern.compile(
            "([^\\p{Cntrl}/@,]{1,64})@([A-Za-z0-9-]{1,63}(?:[.][A-Za-z0-9-]{1,63}){0,7})(?:>=([0-9A-Za-z][0-9A-Za-z.+~_-]{0,31}))?");

    /// @param text `runtime@example.org` or `runtime@example.org>=2.1`
    /// @return empty where it is none
    public static Optional<Dependency> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(
                        new Dependency(parts.group(1), parts.group(2), parts.group(3) == null ? "" : parts.group(3)))
                : Optional.empty();
    }

    boolean isMetBy(ModuleShelf.Unit unit) {
        return unit.name().equals(name)
                && unit.vendor().equals(vendor)
                && unit.isInstalled()
                && (least.isEmpty() || VersionOrder.NATURAL.compare(unit.version(), least) >= 0);
    }

    @Override
    public String toString() {
        return name + "@" + vendor + (least.isEmpty() ? "" : ">=" + least);
    }
}
