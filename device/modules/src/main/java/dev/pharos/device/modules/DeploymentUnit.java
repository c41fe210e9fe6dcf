// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.modules.unit.Manifest;
import dev.pharos.device.modules.unit.UnitPlan;
import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A deployment unit that is installed.
///
/// @param number of its row, and of its folder
/// @param kind which execution environment it is of
/// @param release which of its folders counts; another one after each update
/// @param source where it came from
/// @param moduleVersion a version that management gave it, may be empty
/// @param wishes what management said beside it
/// @param manifest what it says of itself
record DeploymentUnit(
        long number,
        EnvironmentKind kind,
        String uuid,
        long release,
        Source source,
        Instant installed,
        Instant updated,
        String moduleVersion,
        Wishes wishes,
        List<ExecutionUnit> units,
        Manifest manifest) {
    DeploymentUnit {
        units = List.copyOf(units);
    }

    /// Where an archive comes from; the last one is asked again by an Update() that names none.
    ///
    /// @param password may be empty
    record Source(String url, String username, String password) {
        @Override
        public String toString() {
            return url;
        }
    }

    /// What management says in place of what the archive says, or beside it.
    ///
    /// @param memory in KiB, -1 for what the archive says
    /// @param cpu in percent, -1 for what the archive says
    /// @param disk in KiB, -1 for no bound
    record Wishes(long memory, int cpu, long disk, Map<String, String> environment) {
        Wishes {
            environment = Frozen.map(environment);
        }
    }

    /// The manifest's plan for a unit of it.
    UnitPlan plan(ExecutionUnit unit) {
        return manifest.units().stream()
                .filter(plan -> plan.name().equals(unit.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no plan for " + unit.name()));
    }

    DeploymentUnit with(List<ExecutionUnit> now) {
        return new DeploymentUnit(
                number, kind, uuid, release, source, installed, updated, moduleVersion, wishes, now, manifest);
    }

    /// As folders and logs call it.
    String folderName() {
        return "du-" + number;
    }
}
