// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import java.time.Duration;

/// Bounds of software modules, each with its reason.
final class Limits {
    /// Deployment units of one host: a gateway has a handful.
    static final int UNITS = 32;

    /// Operations on deployment units at once: each may fill the disk for a while.
    static final int OPERATIONS = 4;

    /// An operation of a deployment unit; TR-369 has it fail after 24 hours at the latest (R-SMM.1).
    static final Duration OPERATION = Duration.ofHours(23);

    /// Before the end of an operation is told that the last life of the agent began: who wants to hear it subscribes
    /// right after the start.
    static final Duration TELL = Duration.ofSeconds(2);

    /// Variables in one command.
    static final int VARIABLES = 64;

    /// TR-181's bound of messages.
    static final int MESSAGE = 256;

    /// Bytes of a signature: one by an RSA key of 16,384 bits has as many.
    static final int SIGNATURE = 2_048;

    /// What one execution unit may take for its last work when the agent ends, which has four seconds for all its own.
    static final Duration GOODBYE = Duration.ofSeconds(2);

    /// For how long the disk space in use is not counted again.
    static final Duration DISK_LOOK = Duration.ofSeconds(30);

    /// Files that are counted for the disk space in use: twice what an image may hold, for data beside it.
    static final int FILES = 131_072;

    /// A shutdown delay, in seconds, as the model has it: who asked for the stop waits for it.
    static final long SHUTDOWN_DELAY = 300;

    private Limits() {}
}
