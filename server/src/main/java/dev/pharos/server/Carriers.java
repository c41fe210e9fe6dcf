// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

/// The threads of the machine that carry the virtual ones: one fewer than it has processors.
///
/// Event loops, the HTTP listener's poller, collections and the database have a processor to themselves that way. With
/// as
/// many carriers as processors each waking finds them all taken, and a carrier that looks for work takes the processor
/// from a thread that has some: on two processors, 32 Gets at a time came to half of what one carrier does
/// (decision 51).
final class Carriers {
    private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

    private Carriers() {}

    /// Has an effect only before the program's first virtual thread, and where nobody gave a number.
    static void leaveOneProcessor() {
        if (System.getProperty(PARALLELISM) == null) {
            int carriers = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
            System.setProperty(PARALLELISM, Integer.toString(carriers));
        }
    }
}
