// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.twin;

/// What became of the values of a report.
///
/// @param kept values that are the last known ones now
/// @param unknown values whose names are no parameters of the device's data model
public record Learnt(int kept, int unknown) {}
