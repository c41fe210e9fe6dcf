// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Optional;

/// Some devices of a query.
///
/// @param nextCursor empty where nothing follows
/// @param total how many match in all
public record DevicePage(List<DeviceRecord> items, Optional<String> nextCursor, long total) {
    public DevicePage {
        items = Frozen.list(items);
    }
}
