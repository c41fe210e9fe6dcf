// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.device;

import dev.pharos.usp.Frozen;
import java.util.Map;

/// An event that a service element raised.
///
/// @param objectPath with instance numbers and trailing dot
/// @param name with its `!`
public record DataModelEvent(String objectPath, String name, Map<String, String> arguments) {
    public DataModelEvent {
        arguments = Frozen.map(arguments);
    }
}
