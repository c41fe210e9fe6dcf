// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.device.lwm2m.SmallThing.Instance;
import dev.pharos.device.proxied.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HostileThingsTest {
    private static final String SENSOR = "</3303/0>";
    private static final int RESOURCE_OF_LONG_ID_AND_LENGTH = 0b1111_0000;

    private final House house;

    HostileThingsTest() throws Exception {
        house = new House();
    }

    @AfterEach
    void close() {
        house.close();
    }

    /// A thing that means well is served as ever.
    private void isWell() {
        try (SmallThing _ = new SmallThing("well")
                .with(3303, new Instance().with(5700, 7.0))
                .over(house.plain())) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> house.things().stream()
                            .filter(row -> row.value("Name").orElse("").equals("well"))
                            .map(row -> house.value(row.path() + "IoTCapability.1.LevelSensor.Value"))
                            .anyMatch("7"::equals));
        }
    }

    private static byte[] text(int resource, String value) {
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream tlv = new ByteArrayOutputStream();
        tlv.write(RESOURCE_OF_LONG_ID_AND_LENGTH);
        tlv.write(resource >> 8);
        tlv.write(resource & 0xff);
        tlv.write(content.length >> 8);
        tlv.write(content.length & 0xff);
        tlv.writeBytes(content);
        return tlv.toByteArray();
    }

    @Test
    void of_a_thousand_that_register_as_many_are_taken_as_there_is_room_for() throws Exception {
        int refused = 0;
        try (StrangeThing crowd = StrangeThing.silent(house.plain())) {
            for (int i = 0; i < 1_000; i++) {
                refused += crowd.register("ep=crowd" + i + "&lt=300", SENSOR) == ResponseCode.FORBIDDEN ? 1 : 0;
            }
            assertThat(refused).isEqualTo(1_000 - Limits.THINGS);
            house.awaitThings(Limits.THINGS);
            assertThat(crowd.register("ep=crowd0&lt=300", SENSOR)).isEqualTo(ResponseCode.CREATED);
        }
    }

    @Test
    void a_name_is_shown_as_the_text_that_it_is_and_an_endless_one_is_none() throws Exception {
        try (StrangeThing thing = StrangeThing.silent(house.plain())) {
            thing.register("ep=<script>alert(1)</script>\n\u202E&lt=300", SENSOR);
            house.awaitThings(1);
            ObjectInstance row = house.things().getFirst();
            assertThat(row.value("Name")).contains("<script>alert(1)</script>");
            assertThat(row.value("Alias").orElseThrow()).matches("lwm2m-[A-Za-z0-9-]{1,45}-[0-9a-f]{12}");
            assertThat(thing.register("ep=" + "x".repeat(200) + "&lt=300", SENSOR))
                    .isEqualTo(ResponseCode.FORBIDDEN);
            assertThat(thing.register("ep=&lt=300", SENSOR)).isNotEqualTo(ResponseCode.CREATED);
        }
        isWell();
    }

    @Test
    void values_of_another_type_or_none_at_all_are_not_taken() throws Exception {
        try (StrangeThing lying = StrangeThing.saying(house.plain(), text(5700, "hot"));
                StrangeThing babbling = StrangeThing.saying(house.plain(), new byte[] {-1, 2, 3, 4, 5, 6, 7});
                StrangeThing endless = StrangeThing.saying(house.plain(), text(5701, "y".repeat(5_000)))) {
            lying.register("ep=lying&lt=300", SENSOR);
            babbling.register("ep=babbling&lt=300", SENSOR);
            endless.register("ep=endless&lt=300", SENSOR);
            house.awaitThings(3);
            isWell();
            for (ObjectInstance row : house.things()) {
                if (!row.value("Name").orElse("").equals("well")) {
                    assertThat(house.value(row.path() + "IoTCapability.1.LevelSensor.Value"))
                            .isEqualTo("0");
                    assertThat(house.value(house.resource(row.path(), "/3303/0/5701") + "Value"))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void a_body_without_end_and_parameters_that_are_none_are_refused() throws Exception {
        try (StrangeThing thing = StrangeThing.silent(house.plain())) {
            assertThat(thing.register("ep=large&lt=300", "</3303/0>,".repeat(20_000)))
                    .isEqualTo(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
            assertThat(thing.register("ep=odd&lt=soon", SENSOR)).isNotEqualTo(ResponseCode.CREATED);
            assertThat(thing.register("ep=odd&lt=300", "<<<<")).isNotEqualTo(ResponseCode.CREATED);
        }
        isWell();
    }

    @Test
    void objects_that_nobody_knows_are_left_alone() throws Exception {
        try (StrangeThing thing = StrangeThing.silent(house.plain())) {
            thing.register("ep=odd&lt=300", "</9999/0>,</12345/65534>,</3303/0>");
            house.awaitThings(1);
            assertThat(house.things().getFirst().value("X_PHAROS-DEV_Mounted")).contains("");
        }
    }
}
