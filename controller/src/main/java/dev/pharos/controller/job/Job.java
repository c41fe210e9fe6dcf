// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.Instant;
import java.util.Optional;

/// The same requests to many devices, and how far they are.
///
/// @param createdBy the user who made it
public record Job(long id, JobPlan plan, Instant created, String createdBy, Course course) {

    /// How a job stands.
    ///
    /// @param note why it stands so, as a sentence; empty where there is nothing to say
    /// @param started when it was fixed which devices it concerns
    /// @param ended when the last of them was settled
    public record Course(JobState state, String note, Optional<Instant> started, Optional<Instant> ended) {}

    public JobState state() {
        return course.state();
    }
}
