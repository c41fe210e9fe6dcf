// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// What holds the processes of one execution unit together, for one run: counts them, bounds them, ends them.
sealed interface Cage permits CgroupCage, SessionCage {
    /// Files that the first process writes its number to before it becomes the unit.
    List<Path> entrances();

    /// Bytes of address space for each process, where nothing better bounds the memory.
    OptionalLong addressSpace();

    /// The numbers of all processes that are in it.
    Set<Long> processes();

    /// Bytes of memory that they have.
    OptionalLong memory();

    /// Nanoseconds that they have computed.
    OptionalLong computed();

    /// Why they must end, where they do what their bounds do not let them; else empty.
    String broken();

    /// Kills all of them, those too that are being born meanwhile.
    ///
    /// @return whether none is left
    default boolean kill() throws InterruptedException {
        Instant end = Instant.now().plus(Limits.KILLED);
        freeze();
        while (true) {
            Set<Long> left = processes();
            if (left.isEmpty()) {
                return true;
            }
            left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            if (Instant.now().isAfter(end)) {
                return false;
            }
            Thread.sleep(Limits.LOOK);
        }
    }

    /// Asks all of them to end.
    default void ask() {
        processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
    }

    /// Lets no further process be born, where that can be done.
    void freeze();

    /// Removes it; all processes are gone.
    void remove() throws IOException;
}
