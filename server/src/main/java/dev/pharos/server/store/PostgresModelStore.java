// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.ModelKey;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.controller.store.SupportedModelStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.util.Optional;

/// The supported data models, each kept once, in the tables `supported_models` and `model_keys`.
public final class PostgresModelStore implements SupportedModelStore {
    private final Database database;

    public PostgresModelStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<SupportedModel> find(String hash) {
        return database.with(handle -> handle.createQuery("select encoded from supported_models where hash = :hash")
                        .bind("hash", hash)
                        .mapTo(byte[].class)
                        .findOne())
                .map(encoded -> decoded(hash, encoded));
    }

    private static SupportedModel decoded(String hash, byte[] encoded) {
        try {
            return SupportedModel.decode(Bytes.adopt(encoded));
        } catch (MalformedInputException damaged) {
            throw new StoreException("The stored supported data model " + hash + " cannot be read", damaged);
        }
    }

    @Override
    public Optional<String> hashOf(ModelKey key) {
        return database.with(handle -> handle.createQuery("select hash from model_keys where key = :key")
                .bind("key", hash(key))
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void save(ModelKey key, SupportedModel model) {
        database.inTransaction(handle -> {
            handle.execute(
                    "insert into supported_models (hash, encoded, parameter_count) values (?, ?, ?) on conflict do nothing",
                    model.hash(),
                    model.encoded().toByteArray(),
                    model.parameterCount());
            return handle.execute(
                    """
                    insert into model_keys (key, manufacturer, model_name, hardware_version, software_version, hash)
                    values (?, ?, ?, ?, ?, ?) on conflict (key) do update set hash = excluded.hash
                    """,
                    hash(key),
                    Storable.text(key.manufacturer()),
                    Storable.text(key.modelName()),
                    Storable.text(key.hardwareVersion()),
                    Storable.text(key.softwareVersion()),
                    model.hash());
        });
    }

    private static byte[] hash(ModelKey key) {
        return Storable.hash(key.manufacturer(), key.modelName(), key.hardwareVersion(), key.softwareVersion());
    }
}
