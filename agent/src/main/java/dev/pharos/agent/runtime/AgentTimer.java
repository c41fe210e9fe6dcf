// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.runtime;

import java.time.Duration;

/// Runs things later. All agents of a process share one, so that a waiting agent holds an entry in it and no
/// thread.
public interface AgentTimer {
    /// Runs the task once, on a thread on which it may wait.
    Entry schedule(Duration delay, Runnable task);

    /// Something that will run.
    @FunctionalInterface
    interface Entry {
        /// Nothing happens any more, unless it has begun. Idempotent.
        void cancel();
    }
}
