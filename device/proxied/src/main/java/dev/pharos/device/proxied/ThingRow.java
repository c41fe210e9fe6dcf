// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import java.util.List;
import java.util.Map;

/// Where a thing stands in the data model.
///
/// @param path of its row
/// @param values where the value of each point is shown, without the path of the row
/// @param points the way back: of which point a writable parameter is
record ThingRow(Thing thing, String path, Map<String, List<Shown>> values, Map<String, String> points) {

    /// One place of a value.
    ///
    /// @param object relative, with trailing dot
    /// @param changes whether `LastChange` beside it says when it changed
    record Shown(String object, String parameter, boolean changes) {}

    /// Of which point a parameter, named from the root, is; empty text where it is of none.
    String point(String parameterPath) {
        return points.getOrDefault(parameterPath.substring(path.length()), "");
    }
}
