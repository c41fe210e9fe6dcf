// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

/// How one model of device wants what it is sent: configuration of the program.
public record WritingQuirks(BooleanValues booleans, TimeValues times, DuLists duLists) {
    /// As the standard has it.
    public static final WritingQuirks NONE =
            new WritingQuirks(BooleanValues.AS_GIVEN, TimeValues.AS_GIVEN, DuLists.REPEATED);

    /// How boolean values of parameters are written. Arguments of methods are always 0 or 1, which every device takes.
    public enum BooleanValues {
        AS_GIVEN,
        /// `0` and `1`.
        DIGITS,
        /// `false` and `true`.
        WORDS
    }

    /// How times are written.
    public enum TimeValues {
        AS_GIVEN,
        /// Without fractions of a second.
        WHOLE_SECONDS
    }

    /// How the operations and results of deployment units are listed.
    public enum DuLists {
        /// One element for each, as the schema has it.
        REPEATED,
        /// One array of all, as some stacks have it.
        ARRAY
    }
}
