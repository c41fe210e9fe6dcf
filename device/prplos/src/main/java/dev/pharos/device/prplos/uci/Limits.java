// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.time.Duration;

/// Bounds of what is read and written of UCI, each with its reason.
final class Limits {
    /// A configuration file or a file of pending changes, in bytes: the largest seen, of some thousand static
    /// leases, are a third of it.
    static final int FILE_BYTES = 1 << 20;

    /// Sections of one package; a firewall of an office has some hundred.
    static final int SECTIONS = 8_192;

    /// Pending changes of one package. Each is applied to the whole file, so that more would take seconds.
    static final int PENDING = 2_048;

    /// Changes of ours in one commit, for the same reason.
    static final int CHANGES = 2_048;

    /// How long others may hold the lock of a file; uci itself holds it for milliseconds.
    static final Duration LOCK_WAIT = Duration.ofSeconds(10);

    /// Between two looks whether a lock is free: short beside a commit to flash, long beside the look.
    static final Duration LOCK_POLL = Duration.ofMillis(2);

    /// How old a file beside a package may be to be one that is about to be put in place; an older one was left
    /// behind by a program that ended.
    static final Duration REPLACING = Duration.ofSeconds(2);

    /// Files in an archive of a configuration; a gateway has some forty packages.
    static final int ARCHIVED = 256;

    private Limits() {}
}
