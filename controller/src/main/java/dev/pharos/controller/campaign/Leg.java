// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import java.time.Instant;

/// Where on its way a campaign is that runs or is paused.
public sealed interface Leg {
    /// The first is 0.
    int wave();

    /// The wave is to begin.
    record Due(int wave) implements Leg {}

    /// What the health gate compares is read before anything changes.
    record Reading(int wave, long job) implements Leg {}

    record Updating(int wave, long job) implements Leg {}

    /// It is waited what becomes of the updated devices.
    record Soaking(int wave, Instant since) implements Leg {}

    /// What the health gate compares is read once more.
    record Checking(int wave, long job, Instant since) implements Leg {}
}
