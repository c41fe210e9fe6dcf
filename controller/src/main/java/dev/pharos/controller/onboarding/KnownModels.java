// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.ModelKey;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.controller.store.SupportedModelStore;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The supported data models, with the few that are in use now at hand, and one question at a time for each
/// kind of device.
final class KnownModels {
    /// Models in memory: a fleet has few kinds of device, and one model may take a megabyte.
    private static final int AT_HAND = 32;

    /// Locks that keep equal devices from being asked at once; two kinds that share one merely wait.
    private static final int STRIPES = 64;

    private final SupportedModelStore store;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
    private final Map<String, SupportedModel> atHand = new LinkedHashMap<>(16, 0.75f, true);

    KnownModels(SupportedModelStore store) {
        this.store = store;
        Arrays.setAll(stripes, i -> new ReentrantLock());
    }

    /// How a model that nobody knows yet is asked for.
    interface Source {
        SupportedModel ask() throws CallException, StepFailedException;
    }

    Optional<SupportedModel> find(String hash) {
        if (hash.isEmpty()) {
            return Optional.empty();
        }
        synchronized (atHand) {
            SupportedModel known = atHand.get(hash);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<SupportedModel> stored = store.find(hash);
        stored.ifPresent(this::keep);
        return stored;
    }

    /// The model of devices of this key, which is asked for only where it is unknown, and only once however
    /// many ask.
    SupportedModel of(ModelKey key, Source source) throws CallException, StepFailedException {
        Optional<SupportedModel> known = stored(key);
        if (known.isPresent()) {
            return known.get();
        }
        ReentrantLock lock = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        lock.lock();
        try {
            Optional<SupportedModel> meanwhile = stored(key);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            SupportedModel asked = source.ask();
            save(key, asked);
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /// Devices of this key have this model from now on.
    void save(ModelKey key, SupportedModel model) {
        store.save(key, model);
        keep(model);
    }

    /// What devices of this key are known to have.
    Optional<SupportedModel> stored(ModelKey key) {
        return store.hashOf(key).flatMap(this::find);
    }

    private void keep(SupportedModel model) {
        synchronized (atHand) {
            atHand.put(model.hash(), model);
            if (atHand.size() > AT_HAND) {
                Iterator<String> eldest = atHand.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
    }
}
