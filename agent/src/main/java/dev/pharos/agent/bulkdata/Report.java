// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.List;

/// The values of one reporting interval, not yet in any encoding, since those that could not be delivered go out
/// together with later ones.
///
/// @param roles a mark of those of the profile's owner, by which they were chosen
record Report(Instant collected, List<ReportedValue> values, String roles) {
    Report {
        values = Frozen.list(values);
    }

    long characters() {
        return values.stream().mapToLong(ReportedValue::characters).sum();
    }
}
