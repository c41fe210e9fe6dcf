// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel;

/// The bounds of this module, each with its reason.
public final class Limits {
    /// A whole Device:2 has fewer than 2,000 objects; five times that leaves room for vendors and services.
    public static final int OBJECTS_PER_MODEL = 10_000;

    /// TR-181's fullest object has fewer than 200 parameters.
    public static final int ELEMENTS_PER_OBJECT = 2_000;

    /// The deepest path of TR-181 has 14 steps.
    public static final int PATH_DEPTH = 32;

    /// Longest line of a compact model file; descriptions are single lines.
    public static final int MODEL_LINE_CHARACTERS = 64 * 1024;

    /// Largest Broadband Forum file read: the flattened Device:2 has 4 MB and grows by a few per cent a year.
    public static final long XML_FILE_BYTES = 64L * 1024 * 1024;

    /// Deepest nesting of elements in a Broadband Forum file; the schema itself needs 12.
    public static final int XML_DEPTH = 64;

    /// Longest text of one element, a description for instance; the longest known has 20,000 characters.
    public static final int XML_TEXT_CHARACTERS = 256 * 1024;

    /// Files that one Broadband Forum file may import, directly or not; Device:2 in parts has about 60.
    public static final int XML_IMPORTS = 512;

    /// Longest value of a parameter, so that no management request fills the memory; certificates and rule
    /// sets fit many times.
    public static final int VALUE_CHARACTERS = 64 * 1024;

    /// Digits of a number before it is looked at, so that none costs more than a glance.
    public static final int NUMBER_CHARACTERS = 64;

    /// Longest text that a pattern of a model is tried on: patterns describe addresses and names, and some of
    /// them backtrack.
    public static final int PATTERN_CHARACTERS = 4_096;

    /// Rows of one table: 16 times the largest table that TR-181 gives a bound for, and a brake on a peer
    /// that adds for ever.
    public static final int ROWS_PER_TABLE = 4_096;

    /// Objects that one path may resolve to before the request is refused; a full gateway has fewer.
    public static final int RESOLVED_OBJECTS = 100_000;

    /// References that a path follows one after another.
    public static final int REFERENCE_STEPS = 8;

    /// Compiled layouts kept for sharing between devices of the same kind in one process.
    public static final int SHARED_LAYOUTS = 32;

    /// Values of one parameter that devices of a kind share: enough for the names, states and addresses that
    /// all of them have, and few enough not to matter where each device has its own.
    public static final int SHARED_VALUES = 32;

    /// Longest value that is shared; longer ones are hardly ever equal.
    public static final int SHARED_VALUE_CHARACTERS = 64;

    /// How often a service element may publish from within the apply of a publication.
    public static final int NESTED_UPDATES = 1_000;

    /// Largest record of the journal: one transaction that fills every row of a full gateway stays below it.
    public static final int JOURNAL_RECORD_BYTES = 32 * 1024 * 1024;

    /// A journal is compacted when it has grown by this much, and is at least twice what compaction left.
    public static final long JOURNAL_COMPACTION_BYTES = 1024 * 1024;

    private Limits() {}
}
