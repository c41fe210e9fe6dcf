// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.spool;

/// The bounds of files that come from elsewhere, each with its reason.
final class Limits {
    /// Room that a file must leave on the disk, which the embedded database needs to go on.
    static final long ROOM_LEFT = 64L << 20;

    /// Bytes read and written at once.
    static final int BUFFER = 1 << 16;

    private Limits() {}
}
