// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.usp.UspException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Starts and stops execution units as the ACS has asked, each by the last that was asked of it. There is one thread at
/// most for each unit. Thread-safe.
final class UnitStates implements AutoCloseable {
    private static final Logger LOG = System.getLogger(UnitStates.class.getName());
    private static final String NOTHING = "";

    private final InstantiatedDataModel model;
    /// By unit that is busy: what is asked of it next.
    private final Map<String, String> wanted = new HashMap<>();

    private final Map<String, Thread> busy = new HashMap<>();

    UnitStates(InstantiatedDataModel model) {
        this.model = model;
    }

    synchronized void request(String unit, String state) {
        wanted.put(unit, state);
        if (!busy.containsKey(unit)) {
            busy.put(unit, Thread.ofVirtual().name("unit-state").start(() -> work(unit)));
        }
    }

    private synchronized Optional<String> next(String unit) {
        String state = wanted.getOrDefault(unit, NOTHING);
        if (state.equals(NOTHING) || Thread.currentThread().isInterrupted()) {
            wanted.remove(unit);
            busy.remove(unit);
            return Optional.empty();
        }
        wanted.put(unit, NOTHING);
        return Optional.of(state);
    }

    private void work(String unit) {
        Optional<String> state = next(unit);
        while (state.isPresent()) {
            try {
                model.operate(unit + "SetRequestedState()", Map.of("RequestedState", state.get()));
            } catch (UspException refused) {
                // the unit itself tells it by its Status and ExecutionFaultCode
                LOG.log(Level.DEBUG, "{0} is not {1}: {2}", unit, state.get(), refused.fault());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            state = next(unit);
        }
    }

    @Override
    public synchronized void close() {
        busy.values().forEach(Thread::interrupt);
    }
}
