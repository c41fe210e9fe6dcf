// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.ModelKey;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PostgresModelStoreTest {
    private final PostgresModelStore store = new PostgresModelStore(TestDatabase.database());

    @Test
    void a_model_is_kept_once_for_all_keys_that_have_it() {
        SupportedModel model = model("A");
        ModelKey one = new ModelKey("Maker", "Box", "h1", "s1");
        ModelKey two = new ModelKey("Maker", "Box", "h1", "s2");
        store.save(one, model);
        store.save(two, model);
        assertThat(store.hashOf(one)).contains(model.hash()).isEqualTo(store.hashOf(two));
        assertThat(store.find(model.hash())).contains(model);
        int rows = TestDatabase.database()
                .with(handle -> handle.createQuery("select count(*) from supported_models where hash = :hash")
                        .bind("hash", model.hash())
                        .mapTo(Integer.class)
                        .one());
        assertThat(rows).isEqualTo(1);
    }

    @Test
    void a_key_follows_its_devices_to_another_model() {
        ModelKey key = new ModelKey("Maker", "Moved", "h1", "s1");
        store.save(key, model("A"));
        store.save(key, model("B"));
        assertThat(store.hashOf(key)).contains(model("B").hash());
        assertThat(store.hashOf(new ModelKey("Maker", "Unknown", "", ""))).isEmpty();
        assertThat(store.find("none")).isEmpty();
    }

    private static SupportedModel model(String parameter) {
        return SupportedModel.of(List.of(new SupportedObject(
                "Device.",
                ObjectAccess.READ_ONLY,
                false,
                List.of(),
                List.of(),
                List.of(new SupportedParameter(
                        parameter, ParameterAccess.READ_ONLY, ParameterValueType.STRING, ValueChangeType.ALLOWED)),
                List.of(),
                List.of())));
    }
}
