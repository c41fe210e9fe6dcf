// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

import java.util.List;

/// What one source has.
///
/// @param found the best first
/// @param notes why there is not more, and what is wrong with what there is, in sentences
public record SourceReport(Source source, List<DiscoveredController> found, List<String> notes) {
    public SourceReport {
        found = List.copyOf(found);
        notes = notes.stream().distinct().toList();
    }
}
