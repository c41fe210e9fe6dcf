// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import java.time.Duration;

/// The bounds of profiles, each with its reason.
public final class Limits {
    private Limits() {}

    /// Profiles that hold at the same time: each is a condition that is looked at for each device.
    public static final int PROFILES = 200;

    /// Profiles of one file.
    public static final int IN_A_FILE = 20;

    /// Parameters of one profile: more than a gateway has settings that people think about.
    public static final int PARAMETERS = 500;

    /// Rows of one profile.
    public static final int ROWS = 100;

    /// Parameters of one row, its keys included.
    public static final int ROW_PARAMETERS = 50;

    /// Characters of a value as it is written: certificates fit, firmware does not.
    public static final int VALUE = 8_192;

    /// Characters of a value as it is sent, with what a device's attributes bring into it.
    static final int RENDERED = 16_384;

    /// Characters of a name in braces: as long as a tag may be, and the word before it.
    static final int EXPRESSION = 150;

    public static final int HIGHEST_PRIORITY = 1_000;

    /// Different wishes that a plan names.
    static final int GROUPS = 1_000;

    /// Values of before that a plan names for each wish: what fits on a screen.
    static final int BEFORE = 10;

    /// Different values of before that are counted for each wish; a value that each device has another of is no group.
    static final int COUNTED_BEFORE = 100;

    /// Devices that a plan names for each wish.
    static final int EXAMPLES = 5;

    /// Characters of a value in a plan.
    static final int SHOWN = 200;

    /// Data models that are at hand: more than a fleet has.
    static final int MODELS = 200;

    /// Paths of one read: some ten KiB.
    static final int AT_ONCE = 200;

    /// For the answer to one request, as in jobs.
    static final Duration ANSWER = Duration.ofSeconds(30);

    /// How long a device is ours without a sign of life of us: longer than one answer takes.
    static final Duration TAKEN = Duration.ofMinutes(1);

    /// Until it is tried again where somebody else works on the device.
    static final Duration OTHERS = Duration.ofSeconds(5);

    /// Faults that a sentence names.
    static final int FAULTS = 3;

    /// Rows of one table among which a row is looked for.
    static final int TABLE = 10_000;
}
