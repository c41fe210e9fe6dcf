// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.query.Groups;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageAudienceTest {
    private static final EndpointId DEVICE = EndpointId.of("proto::one");

    private final Stores stores = InMemoryStores.create();
    private final ImageAudience audience = new ImageAudience(
            query -> Groups.resolve(QueryParser.parse(query), name -> Optional.empty()), stores.devices());

    @BeforeEach
    void two_devices() {
        stores.devices()
                .create(DeviceRecord.unseen(DEVICE, true, false, Instant.EPOCH)
                        .withIdentity(new DeviceIdentity("Maker", "00256D", "Box", "Class", "1", "h1", "1.0")));
        stores.devices().create(DeviceRecord.unseen(EndpointId.of("proto::two"), true, false, Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''                   | true",
                "model = Box          | true",
                "model = Other        | false",
                "id = proto::two      | false",
                "model = Box or tag:x | true",
                "group:was-deleted    | false",
                "became no query =    | false"
            })
    void an_image_is_for_the_devices_of_its_query(String devices, boolean meant) {
        StoredImage image = new StoredImage(
                1, "image", "2.0", "image.img", 1, Bytes.EMPTY, devices, "", Instant.EPOCH, "anna", UUID.randomUUID());
        assertThat(audience.includes(image, DEVICE)).isEqualTo(meant);
    }
}
