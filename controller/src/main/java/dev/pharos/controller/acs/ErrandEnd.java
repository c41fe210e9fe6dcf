// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.CwmpFault;
import java.util.List;

/// What became of an errand.
public sealed interface ErrandEnd {
    /// @param inEffect whether already, or later, after a restart for instance
    record Done(boolean inEffect) implements ErrandEnd {}

    /// What was found stands in the twin.
    ///
    /// @param missing paths at which the device has nothing
    record Read(List<String> missing) implements ErrandEnd {}

    /// @param row the path of the new row, with the dot
    record Added(String row) implements ErrandEnd {}

    /// The device does not do it.
    record Refused(CwmpFault fault) implements ErrandEnd {}

    /// The session ended over it, and it is not known whether it was done; it is not asked again.
    record Uncertain() implements ErrandEnd {}

    /// Too many sessions ended over it.
    record GivenUp() implements ErrandEnd {}
}
