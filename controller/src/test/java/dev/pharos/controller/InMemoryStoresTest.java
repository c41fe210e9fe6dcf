// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.store.Appended;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DevicePage;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryStoresTest {
    private final Stores stores = InMemoryStores.create();

    private static DeviceRecord device(String name, String model) {
        return DeviceRecord.unseen(EndpointId.of("self::" + name), true, false, Instant.EPOCH)
                .withIdentity(new DeviceIdentity("Lighthouse", "", model, "", name, "", "1.0"));
    }

    @Test
    void devices_are_found_by_text_and_come_in_pages() {
        for (int i = 0; i < 25; i++) {
            stores.devices().create(device("d" + (100 + i), i % 2 == 0 ? "Even" : "Odd"));
        }
        DeviceQuery query = new DeviceQuery(new Condition.Word("even"), DeviceQuery.Sort.ID, true, 5, "");
        List<String> seen = new ArrayList<>();
        DevicePage page = stores.devices().list(query);
        assertThat(page.total()).isEqualTo(13);
        while (true) {
            page.items().forEach(item -> seen.add(item.id().instanceId()));
            if (page.nextCursor().isEmpty()) {
                break;
            }
            page = stores.devices()
                    .list(new DeviceQuery(
                            new Condition.Word("even"),
                            DeviceQuery.Sort.ID,
                            true,
                            5,
                            page.nextCursor().get()));
        }
        assertThat(seen).hasSize(13).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void an_event_of_one_key_is_stored_once() {
        NewEvent event =
                new NewEvent(DeviceEvent.of(Instant.EPOCH, Optional.empty(), EventKind.WARNING, "once"), "key");
        List<Appended> results = stores.events().append(List.of(event, event));
        assertThat(results).extracting(Appended::duplicate).containsExactly(false, true);
        assertThat(results.get(1).stored()).isEqualTo(results.get(0).stored());
        assertThat(stores.events().newest(Optional.empty(), Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void a_model_is_the_same_whatever_the_order_of_its_objects() throws Exception {
        Home home = new Home();
        Body body = home.apply(new GetSupportedDmRequest(List.of("Device."), false, true, true, true, true))
                .orElseThrow();
        List<GetSupportedDmResponse.SupportedObject> objects = ((GetSupportedDmResponse) body)
                .requestedObjectResults()
                .getFirst()
                .supportedObjects();
        SupportedModel model = SupportedModel.of(objects);
        assertThat(SupportedModel.of(objects.reversed())).isEqualTo(model);
        assertThat(SupportedModel.decode(model.encoded())).isEqualTo(model);
        assertThat(model.supports("Device.LocalAgent.Subscription.3.Enable")).isTrue();
        assertThat(model.supports("Device.LocalAgent.Subscription.*.Enable")).isTrue();
        assertThat(model.supports("Device.Boot!")).isTrue();
        assertThat(model.supports("Device.WiFi.")).isFalse();
    }
}
