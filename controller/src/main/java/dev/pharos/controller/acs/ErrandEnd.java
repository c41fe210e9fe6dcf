// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.message.UspError;
import java.util.List;
import java.util.Map;

/// What became of an errand.
public sealed interface ErrandEnd {
    /// @param inEffect whether already, or later, after a restart for instance
    record Done(boolean inEffect) implements ErrandEnd {}

    /// The device has taken it, and it has not ended yet.
    ///
    /// @param how it stands, as a sentence
    record UnderWay(String how) implements ErrandEnd {}

    /// What was found stands in the twin.
    ///
    /// @param missing paths at which the device has nothing
    record Read(List<String> missing) implements ErrandEnd {}

    /// @param row the path of the new row, with the dot
    record Added(String row) implements ErrandEnd {}

    /// It knows the controller.
    ///
    /// @param seen what it said of itself in the same session, by parameter path, as far as that must be the same
    ///     over USP
    /// @param remark a sentence for people, empty where there is nothing to say
    record Met(Map<String, String> seen, String remark) implements ErrandEnd {
        public Met {
            seen = Frozen.map(seen);
        }

        public Met(Map<String, String> seen) {
            this(seen, "");
        }
    }

    /// It does not know the controller any more.
    ///
    /// @param rows those that are gone, with the dot
    record Left(List<String> rows) implements ErrandEnd {
        public Left {
            rows = Frozen.list(rows);
        }
    }

    /// It has answered the method that it was called for.
    record Answered(Response response) implements ErrandEnd {}

    /// The device does not do it.
    record Refused(CwmpFault fault) implements ErrandEnd {}

    /// The device does not do it, as it says over USP; or it waited for TR-069, which is switched off, and over USP
    /// there is nothing for it.
    record Declined(UspError error) implements ErrandEnd {}

    /// The session, or the connection over USP, ended over it, and it is not known whether it was done; it is not
    /// asked again.
    record Uncertain() implements ErrandEnd {}

    /// Too many sessions, or connections over USP, ended over it.
    record GivenUp() implements ErrandEnd {}

    /// The device came too late for it, and was not asked.
    record Overdue() implements ErrandEnd {}
}
