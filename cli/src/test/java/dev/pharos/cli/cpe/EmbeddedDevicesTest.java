// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.device.proxied.Bridge;
import dev.pharos.device.proxied.ProxiedDevices;
import dev.pharos.device.proxied.Thing;
import dev.pharos.device.proxied.ThingFeed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an ACS hears of the things for which a device speaks.
class EmbeddedDevicesTest {
    private static final String TABLE = "Device.ManagementServer.EmbeddedDevice.";
    private static final String COUNT = "Device.ManagementServer.EmbeddedDeviceNumberOfEntries";
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /// Its things come and go as the test says.
    private static final class Things implements Bridge {
        private Optional<ThingFeed> feed = Optional.empty();

        @Override
        public String protocol() {
            return "ZigBee";
        }

        @Override
        public void start(ThingFeed told) {
            feed = Optional.of(told);
        }

        ThingFeed feed() {
            return feed.orElseThrow();
        }

        void present(String id) {
            assertThat(feed().present(new Thing(
                            id, "Light", "a lamp", Optional.empty(), List.of(), List.of(), List.of())))
                    .isTrue();
        }

        @Override
        public void write(String thing, String point, String value) {}

        @Override
        public void execute(String thing, String point, String arguments) {}

        @Override
        public void close() {}
    }

    private static void becomes(InstantiatedDataModel model, String path, String value) {
        await(path)
                .atMost(Duration.ofSeconds(60))
                .until(() -> value(model, path).equals(value));
    }

    private static String value(InstantiatedDataModel model, String path) {
        return model.snapshot().value(path).orElse("nothing");
    }

    @Test
    void each_thing_has_a_row_as_long_as_it_is_there() throws IOException {
        Things things = new Things();
        EmbeddedDevices embedded = new EmbeddedDevices();
        ProxiedDevices proxied = new ProxiedDevices(things, Clock.fixed(NOW, ZoneOffset.UTC));
        try (InstantiatedDataModel model =
                InstantiatedDataModel.start(List.of(proxied, embedded), ChangeJournal.none())) {
            things.present("before");
            becomes(model, "Device.ProxiedDeviceNumberOfEntries", "1");
            embedded.follow(model);
            assertThat(value(model, COUNT)).isEqualTo("1");
            things.present("lamp");
            things.feed().contacted("lamp");

            becomes(model, COUNT, "2");
            String lamp = TABLE + "2.";
            assertThat(value(model, lamp + "ProxiedDeviceID")).isEqualTo("zigbee-lamp");
            assertThat(value(model, lamp + "ControllerID")).isEmpty();
            assertThat(value(model, lamp + "ProxyProtocol")).isEqualTo("ZigBee");
            String thing = value(model, lamp + "Reference");
            assertThat(thing).startsWith("Device.ProxiedDevice.");
            assertThat(value(model, thing + ".Description")).isEqualTo("a lamp");
            becomes(model, thing + ".LastTimeContacted", NOW.toString());
            assertThat(value(model, lamp + "LastSyncTime")).isEqualTo(NOW.toString());

            things.feed().gone("before");
            becomes(model, COUNT, "1");
            assertThat(value(model, lamp + "ProxiedDeviceID")).isEqualTo("zigbee-lamp");
        }
    }

    @Test
    void a_device_without_things_has_none() throws IOException {
        EmbeddedDevices embedded = new EmbeddedDevices();
        try (InstantiatedDataModel model = InstantiatedDataModel.start(List.of(embedded), ChangeJournal.none())) {
            embedded.follow(model);
            assertThat(value(model, COUNT)).isEqualTo("0");
        }
    }
}
