// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.List;

/// How a device of TR-069 tells of changes, as it said when it was last asked.
///
/// @param asked when
/// @param all those of interest, by name
/// @param objection why it does not say; empty where it does
public record Notices(Instant asked, List<Notice> all, String objection) {
    public Notices {
        all = Frozen.list(all);
    }

    /// Those that the device tells otherwise than it shall.
    public List<Notice> refused() {
        return all.stream().filter(each -> !each.refusal().isEmpty()).toList();
    }
}
