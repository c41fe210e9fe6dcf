// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import java.util.Optional;

/// What the devices of a query are counted by: something of the inventory, or the values of a parameter.
public sealed interface Facet {

    record ByText(TextAttribute attribute) implements Facet {}

    record ByFlag(Flag flag) implements Facet {}

    record ByTag() implements Facet {}

    /// A device counts at each value that a row of its has; secrets count nowhere.
    record ByParameter(ParameterPattern path) implements Facet {}

    /// @param name as in queries: `model`, `online`, `tag`, `Device.WiFi.Radio.*.Channel`
    /// @throws QueryException where nothing that can be counted has this name
    static Facet parse(String name) throws QueryException {
        if (name.equalsIgnoreCase(Comparison.TAG)) {
            return new ByTag();
        }
        for (TextAttribute attribute : TextAttribute.values()) {
            if (name.equalsIgnoreCase(attribute.word())) {
                return new ByText(attribute);
            }
        }
        for (Flag flag : Flag.values()) {
            if (name.equalsIgnoreCase(flag.word())) {
                return new ByFlag(flag);
            }
        }
        Optional<ParameterPattern> path = ParameterPattern.of(name);
        if (path.isEmpty()) {
            throw new QueryException(
                    0,
                    "devices are counted by " + Comparison.countable()
                            + ", or the path of a parameter such as Device.WiFi.Radio.*.Channel");
        }
        return new ByParameter(path.get());
    }
}
