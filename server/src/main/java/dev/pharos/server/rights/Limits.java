// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

/// The bounds of what people may do, each with its reason.
public final class Limits {
    /// Paths that one person may change: a list that somebody still reads; each is looked at for each path of a
    /// request.
    public static final int CHANGES = 50;

    /// Of one of them; the longest path of TR-181 has some 120.
    static final int PATH_CHARACTERS = 256;

    private Limits() {}
}
