// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Response;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/// One device of a job.
///
/// @param step how many steps are done
/// @param tries of the present step
/// @param answers what was answered, masked, by number of the step; without those that were too large to keep
public record Target(
        EndpointId device,
        TargetState state,
        int step,
        int tries,
        Instant changed,
        SortedMap<Integer, Response> answers) {
    public Target {
        answers = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    }
}
