// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

import java.util.List;
import java.util.Optional;

/// What was found, by source in the order in which they were asked.
public record DiscoveryOutcome(List<SourceReport> reports) {
    public DiscoveryOutcome {
        reports = List.copyOf(reports);
    }

    /// The Controller that it comes to: the best of the first source that has any.
    public Optional<DiscoveredController> chosen() {
        return reports.stream().flatMap(report -> report.found().stream()).findFirst();
    }
}
