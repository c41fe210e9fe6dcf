// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// Stores that keep everything in memory, for tests, benchmarks and embedding: nothing survives the process.
public final class InMemoryStores {
    private InMemoryStores() {}

    public static Stores create() {
        TwinStore twins = new InMemoryTwins();
        return new Stores(new InMemoryDevices(twins), twins, new InMemoryEvents(100_000), new InMemoryModels());
    }
}
