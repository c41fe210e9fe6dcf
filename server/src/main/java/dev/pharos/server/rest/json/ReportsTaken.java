// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// What became of a delivery of reports.
///
/// @param reports how many it held
/// @param kept values that went into the twin
/// @param unknown values under names that are no parameters of the device
public record ReportsTaken(int reports, int kept, int unknown) {}
