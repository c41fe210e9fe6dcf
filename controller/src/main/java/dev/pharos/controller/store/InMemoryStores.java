// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// Stores that keep everything in memory, for tests, benchmarks and embedding: nothing survives the process.
public final class InMemoryStores {
    private InMemoryStores() {}

    public static Stores create() {
        return new Stores(
                new InMemoryDevices(), new InMemoryTwins(), new InMemoryEvents(100_000), new InMemoryModels());
    }
}
