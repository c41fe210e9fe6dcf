// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.swap;

/// The bounds of swaps, each with its reason.
public final class Limits {
    private Limits() {}

    /// Values of a router that are looked at: more than any has.
    public static final int VALUES = 50_000;

    /// Networks of a router, and interfaces: more than a home has, and few enough to be looked at by a person.
    static final int NETWORKS = 16;

    static final int INTERFACES = 64;

    /// Rows of one table that are brought; all tables together are at most what a profile may have.
    static final int ROWS = 32;

    /// Rows of one table of a router that are looked at at all.
    static final int LOOKED_AT = 200;

    /// Characters of a value: doubled, where each is a brace, it is still one of a profile.
    static final int VALUE = dev.pharos.controller.profile.Limits.VALUE / 2;

    /// Characters of a Wi-Fi key: WPA takes a passphrase of 8 to 63, or 64 hexadecimal digits.
    static final int SHORTEST_KEY = 8;

    static final int LONGEST_KEY = 63;
    static final int KEY_DIGITS = 64;
}
