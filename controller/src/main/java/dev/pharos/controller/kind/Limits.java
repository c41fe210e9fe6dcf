// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

/// The bounds of what is said of kinds of devices, each with its reason.
public final class Limits {
    private Limits() {}

    /// Kinds altogether: an operator has dozens of models, and each has a few firmwares that are odd.
    public static final int KINDS = 1_000;

    /// Characters of a text that is matched: what TR-069 lets a product class have.
    public static final int MATCH_CHARACTERS = 64;

    /// Texts of one field, one of which has to match.
    public static final int MATCH_TEXTS = 50;

    /// Values of one quirk: paths of which too much is heard.
    public static final int QUIRK_VALUES = 50;

    /// Names of one kind: what pages, profiles and jobs speak of, several times over.
    public static final int NAMES = 2_000;

    /// Characters of a name: what TR-069 lets one have.
    public static final int NAME_CHARACTERS = 256;

    /// Names of one model's generations from which one shown name may come.
    public static final int SOURCES = 10;

    /// Words of one parameter that are shown as others.
    public static final int WORDS = 100;

    /// The most parameters that are read by one request: what fits into an envelope that every device can hold.
    public static final int VALUES_AT_ONCE = 256;
}
