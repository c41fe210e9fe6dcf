// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.usp.Frozen;
import java.util.List;

/// What must not get worse on updated devices before the next wave begins.
///
/// @param measures 1 to [Limits#MEASURES]
/// @param atLeast devices on each side, without which there is no verdict; [Limits#LEAST_COMPARED] and more
/// @param unknown what happens where there is none
public record HealthGate(List<Measure> measures, int atLeast, Unknown unknown) {
    public HealthGate {
        measures = Frozen.list(measures);
    }

    /// What happens where too few devices tell.
    public enum Unknown {
        /// A person looks, and resumes or stops it.
        HOLD,
        GO_ON,
        STOP
    }

    /// The parameters that devices are read for.
    public List<String> paths() {
        return measures.stream()
                .map(Measure::subject)
                .filter(Measure.Subject.Parameter.class::isInstance)
                .map(Measure.Subject::toString)
                .distinct()
                .toList();
    }
}
