// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import java.util.Optional;

/// The supported data models of all devices, each kept once however many devices have it. Thread-safe; throws
/// [StoreException].
public interface SupportedModelStore {

    Optional<SupportedModel> find(String hash);

    /// Which model devices of this key have.
    Optional<String> hashOf(ModelKey key);

    /// Keeps the model, unless a model of this hash is kept already, and that devices of this key have it.
    void save(ModelKey key, SupportedModel model);
}
