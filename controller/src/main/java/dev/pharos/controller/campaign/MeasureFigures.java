// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import java.util.OptionalDouble;

/// What one measure of a health gate says of updated devices beside the others.
///
/// @param verdict as the gate would give it now
public record MeasureFigures(Measure measure, Side updated, Side others, Verdict verdict) {

    /// One of both sides.
    ///
    /// @param devices that tell something
    /// @param before mean of the parameter before the wave; empty of events
    /// @param now mean of the parameter after it; of events, how many for each device and hour; 0 if nobody tells
    public record Side(long devices, OptionalDouble before, double now) {}
}
