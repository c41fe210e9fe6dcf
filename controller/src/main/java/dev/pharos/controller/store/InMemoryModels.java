// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The supported data models in memory.
final class InMemoryModels implements SupportedModelStore {
    private final ConcurrentHashMap<String, SupportedModel> models = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ModelKey, String> hashes = new ConcurrentHashMap<>();

    @Override
    public Optional<SupportedModel> find(String hash) {
        return Optional.ofNullable(models.get(hash));
    }

    @Override
    public Optional<String> hashOf(ModelKey key) {
        return Optional.ofNullable(hashes.get(key));
    }

    @Override
    public void save(ModelKey key, SupportedModel model) {
        models.putIfAbsent(model.hash(), model);
        hashes.put(key, model.hash());
    }
}
