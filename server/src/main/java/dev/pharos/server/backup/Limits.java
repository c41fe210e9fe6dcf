// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.backup;

/// The bounds of backups, each with its reason.
final class Limits {
    /// What is in a backup, as JSON: tables and files by the hundred, not by the million.
    static final long MANIFEST_BYTES = 16L << 20;

    /// In one step from disk to disk.
    static final int STEP = 64 << 10;

    private Limits() {}
}
