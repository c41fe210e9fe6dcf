// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.datamodel.device.DeviceContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of ended operations by `DUStateChange!`, once each or, where the power fails between, twice: never not at all
/// (R-SMM.1). Thread-safe.
final class Teller {
    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    private final Store store;
    private volatile @Nullable DeviceContext context;

    Teller(Store store) {
        this.store = store;
    }

    /// What the last life of the agent left to tell is told soon.
    void begin(DeviceContext mounted) {
        context = mounted;
        List<Long> left = List.copyOf(store.now().events().keySet());
        if (!left.isEmpty()) {
            later(left);
        }
    }

    /// Tells of it after a while, if the agent is still there then.
    void later(List<Long> operations) {
        Thread.ofVirtual().name("module-teller").start(() -> {
            try {
                Thread.sleep(Limits.TELL);
                operations.forEach(this::tell);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Nothing more can be told; what is left is for the next life of the agent.
    void end() {
        context = null;
    }

    void tell(long operation) {
        DeviceContext to = context;
        Map<String, String> event = store.now().events().get(operation);
        if (to == null || event == null) {
            return;
        }
        to.raise(ModelPaths.MODULES, "DUStateChange!", event);
        try {
            Inventory _ = store.change(inventory -> inventory.told(operation));
        } catch (IOException full) {
            LOG.warn("the end of an operation will be told again, since that cannot be kept: {}", full.getMessage());
        }
    }

    /// Tells of what could not even be kept.
    void tellUnkept(Map<String, String> event) {
        DeviceContext to = context;
        if (to != null) {
            to.raise(ModelPaths.MODULES, "DUStateChange!", event);
        }
    }
}
