// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

/// How much of a file of settings is looked at.
final class Limits {
    /// Told of one file: whoever has made more mistakes has copied another file here, and reads the first.
    static final int WARNINGS = 50;

    /// Of one list of a controller; more Roles or parameters of a Boot! than this nobody writes by hand.
    static final int ITEMS = 64;

    /// An unsignedInt of TR-106, in seconds.
    static final long LONGEST_INTERVAL = 4_294_967_295L;

    private Limits() {}
}
