// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.lwm2m.SmallThing.Instance;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LwM2mBridgeTest {
    private static final String FIRST = "Device.ProxiedDevice.1.";
    private static final String CAPABILITY = FIRST + "IoTCapability.1.";

    private final House house;

    LwM2mBridgeTest() throws Exception {
        house = new House();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_sensor_is_a_row_with_its_value_and_with_who_made_it() {
        try (SmallThing _ = new SmallThing("cellar")
                .with(3303, new Instance().with(5700, 19.5).with(5701, "Cel"))
                .over(house.plain())) {
            house.awaitValue(CAPABILITY + "LevelSensor.Value", "19.5");
            house.awaitValue(FIRST + "DeviceInfo.Manufacturer", "Small Things");
            assertThat(house.value(FIRST + "DeviceInfo.SerialNumber")).isEqualTo("4711");
            assertThat(house.value(FIRST + "Online")).isEqualTo("true");
            assertThat(house.value(FIRST + "Name")).isEqualTo("cellar");
            assertThat(house.value(FIRST + "Alias")).isEqualTo("lwm2m-cellar");
            assertThat(house.value(FIRST + "Type")).isEqualTo("Sensor");
            assertThat(house.value(FIRST + "ProxyProtocol")).isEqualTo("X_PHAROS-DEV_LwM2M");
            assertThat(house.value(CAPABILITY + "Class")).isEqualTo("LevelSensor");
            assertThat(house.value(CAPABILITY + "LevelSensor.Unit")).isEqualTo("degC");
            assertThat(house.value(CAPABILITY + "BinaryControl.Value")).isEqualTo("(nothing)");
            assertThat(house.value(FIRST + "NodeNumberOfEntries")).isEqualTo("0");
        }
    }

    @Test
    void what_a_thing_measures_anew_is_a_change_of_one_value() {
        Instance temperature = new Instance().with(5700, 19.5);
        try (SmallThing _ = new SmallThing("cellar").with(3303, temperature).over(house.plain())) {
            house.awaitValue(CAPABILITY + "LevelSensor.Value", "19.5");
            temperature.now(5700, 21.25);
            house.awaitValue(CAPABILITY + "LevelSensor.Value", "21.25");
            assertThat(house.changes).contains(CAPABILITY + "LevelSensor.Value=21.25");
            assertThat(house.value(house.resource(FIRST, "/3303/0/5700") + "Value"))
                    .isEqualTo("21.25");
        }
    }

    @Test
    void a_light_over_dtls_is_a_node_that_is_switched_and_dimmed() throws Exception {
        Instance light = new Instance().with(5850, false).with(5851, 30L);
        try (SmallThing _ = new SmallThing("lamp")
                .with(3311, light)
                .over(house.secure(), House.KEY.identity(), House.KEY.secret().toByteArray())) {
            String node = FIRST + "Node.1.";
            house.awaitValue(node + "IoTCapability.2.LevelControl.Value", "30");
            assertThat(house.value(node + "Type")).isEqualTo("Light");
            house.set(node + "IoTCapability.1.BinaryControl.Value", "true");
            assertThat(light.at(5850)).isEqualTo(true);
            house.model.operate(node + "IoTCapability.1.BinaryControl.Toggle()", Map.of());
            assertThat(light.at(5850)).isEqualTo(false);
            house.set(node + "IoTCapability.2.LevelControl.StepValue", "80");
            house.model.operate(node + "IoTCapability.2.LevelControl.StepUp()", Map.of());
            assertThat(light.at(5851)).isEqualTo(100L);
            assertThatThrownBy(() -> house.set(node + "IoTCapability.2.LevelControl.Value", "101"))
                    .isInstanceOfSatisfying(
                            UspException.class, e -> assertThat(e.code()).isEqualTo(StandardErrorCode.INVALID_VALUE));
        }
    }

    @Test
    void a_command_of_a_thing_is_executed_with_its_arguments_and_nothing_else_is() throws Exception {
        Instance counter = new Instance().with(5700, 1.0);
        try (SmallThing _ = new SmallThing("meter").with(3303, counter).over(house.plain())) {
            house.awaitValue(CAPABILITY + "LevelSensor.Value", "1");
            house.model.operate(house.resource(FIRST, "/3303/0/5605") + "Execute()", Map.of("Arguments", "0='now'"));
            assertThat(counter.executed).containsExactly("5605 0='now'");
            assertThatThrownBy(() -> house.model.operate(house.resource(FIRST, "/3303/0/5700") + "Execute()", Map.of()))
                    .hasMessageContaining("no command");
            assertThatThrownBy(() -> house.set(house.resource(FIRST, "/3303/0/5700") + "Value", "2"))
                    .hasMessageContaining("cannot be written");
        }
    }

    @Test
    void what_a_thing_refuses_leaves_the_data_model_as_it_was() {
        Instance setPoint = new Instance().with(5900, 20.0);
        setPoint.refuses = true;
        try (SmallThing _ = new SmallThing("thermostat").with(3308, setPoint).over(house.plain())) {
            house.awaitValue(CAPABILITY + "LevelControl.Value", "20");
            assertThatThrownBy(() -> house.set(CAPABILITY + "LevelControl.Value", "22"))
                    .hasMessageContaining("BAD_REQUEST");
            assertThat(house.value(CAPABILITY + "LevelControl.Value")).isEqualTo("20");
        }
    }

    @Test
    void a_thing_that_leaves_is_gone_and_one_whose_lifetime_ends_is_offline_until_it_comes_back() {
        try (SmallThing leaving = new SmallThing("leaving")
                .with(3303, new Instance().with(5700, 1.0))
                .over(house.plain())) {
            house.awaitThings(1);
            leaving.leave();
            house.awaitThings(0);
        }
        SmallThing short1 = new SmallThing("short")
                .with(3303, new Instance().with(5700, 2.0))
                .living(2)
                .over(house.plain());
        house.awaitThings(1);
        String row = house.things().getFirst().path();
        house.set(row + "Name", "The short one");
        short1.vanish();
        house.awaitValue(row + "Online", "false");
        assertThat(house.value(row + "IoTCapability.1.LevelSensor.Value")).isEqualTo("2");
        try (SmallThing _ = new SmallThing("short")
                .with(3303, new Instance().with(5700, 3.0))
                .over(house.plain())) {
            house.awaitValue(row + "IoTCapability.1.LevelSensor.Value", "3");
            assertThat(house.value(row + "Online")).isEqualTo("true");
            assertThat(house.value(row + "Name")).isEqualTo("The short one");
        }
    }

    @Test
    void a_thing_that_comes_back_with_other_objects_has_those_and_not_the_old_ones() {
        try (SmallThing before = new SmallThing("gadget")
                .with(3303, new Instance().with(5700, 1.0))
                .over(house.plain())) {
            house.awaitValue(CAPABILITY + "LevelSensor.Value", "1");
            before.vanish();
        }
        try (SmallThing _ = new SmallThing("gadget")
                .with(3311, new Instance().with(5850, true))
                .over(house.plain())) {
            house.awaitValue(FIRST + "Node.1.IoTCapability.1.BinaryControl.Value", "true");
            assertThat(house.model.snapshot().object(CAPABILITY)).isEmpty();
            assertThat(house.value(FIRST + "X_PHAROS-DEV_Mounted")).isEqualTo("DeviceInfo,Node,X_PHAROS-DEV_Resource");
        }
    }

    @Test
    void a_thing_that_sleeps_keeps_its_values_refuses_what_it_cannot_hear_and_takes_it_when_it_has_told_something()
            throws Exception {
        Instance thermostat = new Instance().with(5900, 20.0);
        Instance sensor = new Instance().with(5700, 19.5);
        try (House sleepy = new House(java.time.Duration.ofSeconds(1));
                SmallThing _ = new SmallThing("thermostat")
                        .with(3303, sensor)
                        .with(3308, thermostat)
                        .sleeping()
                        .over(sleepy.plain())) {
            sleepy.awaitThings(1);
            String setPoint = sleepy.resource(FIRST, "/3308/0/5900") + "Value";
            String measured = sleepy.resource(FIRST, "/3303/0/5700") + "Value";
            sleepy.awaitValue(setPoint, "20");
            await().pollInterval(java.time.Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThatThrownBy(() -> sleepy.set(setPoint, "22"))
                            .isInstanceOfSatisfying(
                                    UspException.class,
                                    refused -> assertThat(refused).hasMessageContaining("it sleeps")));
            assertThat(Double.valueOf(sleepy.value(setPoint)))
                    .as("what the thing has")
                    .isEqualTo(thermostat.at(5900));
            sensor.now(5700, 21.0);
            sleepy.awaitValue(measured, "21");
            sleepy.set(setPoint, "23");
            assertThat(thermostat.at(5900)).isEqualTo(23.0);
        }
    }

    @Test
    void a_thing_with_a_certificate_has_the_name_in_it_and_no_other() throws Exception {
        try (SmallThing _ = new SmallThing("valve")
                        .with(3306, new Instance().with(5850, false))
                        .over(house.secure(), House.issued(House.MAKER, "valve"));
                SmallThing _ = new SmallThing("other")
                        .with(3303, new Instance())
                        .over(house.secure(), House.issued(House.MAKER, "valve-2"));
                SmallThing _ = new SmallThing("lamp")
                        .with(3311, new Instance())
                        .over(house.secure(), House.issued(House.MAKER, "lamp"));
                SmallThing _ = new SmallThing("stranger")
                        .with(3303, new Instance())
                        .over(house.secure(), House.issued(House.somebodyElse(), "stranger"))) {
            house.awaitThings(1);
            house.awaitValue(FIRST + "Name", "valve");
            await().during(java.time.Duration.ofMillis(500))
                    .until(() -> house.things().size() == 1);
            String valve = house.resource(FIRST, "/3306/0/5850") + "Value";
            house.awaitValue(valve, "false");
            house.set(valve, "true");
            house.awaitValue(valve, "true");
        }
    }

    @Test
    void nobody_has_the_name_of_a_thing_with_a_key_without_that_key() throws Exception {
        byte[] wrong = HexFormat.of().parseHex("ffffffffffffffffffffffffffffffff");
        try (SmallThing _ = new SmallThing("lamp").with(3311, new Instance()).over(house.plain());
                SmallThing _ = new SmallThing("cellar")
                        .with(3303, new Instance())
                        .over(
                                house.secure(),
                                House.KEY.identity(),
                                House.KEY.secret().toByteArray());
                SmallThing _ = new SmallThing("lamp")
                        .with(3311, new Instance())
                        .over(house.secure(), House.KEY.identity(), wrong);
                SmallThing _ = new SmallThing("hall")
                        .with(3303, new Instance().with(5700, 1.0))
                        .over(house.plain())) {
            house.awaitThings(1);
            await().during(java.time.Duration.ofMillis(500))
                    .until(() -> house.things().size() == 1);
            assertThat(house.value(FIRST + "Name")).isEqualTo("hall");
        }
    }
}
