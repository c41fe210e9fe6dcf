// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.store.FileJournal;
import dev.pharos.device.proxied.Thing.Capability;
import dev.pharos.device.proxied.Thing.Resource;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProxiedDevicesTest {
    private static final String THINGS = "Device.ProxiedDevice.";
    private static final String FAN = THINGS + "1.IoTCapability.1.EnumControl.";

    private final Shelf shelf = new Shelf();
    private InstantiatedDataModel model = model(ChangeJournal.none());

    private InstantiatedDataModel model(ChangeJournal journal) {
        try {
            return InstantiatedDataModel.start(List.of(new ProxiedDevices(shelf, Clock.systemUTC())), journal);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @AfterEach
    void close() {
        model.close();
    }

    /// Things that stand on a shelf: they do what they are told, but for those points that are broken.
    private static final class Shelf implements Bridge {
        final List<String> told = new CopyOnWriteArrayList<>();
        final List<String> broken = new CopyOnWriteArrayList<>();
        private @Nullable ThingFeed feed;

        @Override
        public String protocol() {
            return "X_EXAMPLE_Shelf";
        }

        @Override
        public void start(ThingFeed given) {
            feed = given;
        }

        ThingFeed feed() {
            return Objects.requireNonNull(feed);
        }

        @Override
        public void write(String thing, String point, String value) throws ThingFailedException {
            if (broken.contains(point)) {
                throw new ThingFailedException(ThingFailedException.Reason.UNREACHABLE, "it is broken");
            }
            told.add(thing + " " + point + " " + value);
        }

        @Override
        public void execute(String thing, String point, String arguments) {
            told.add(thing + " " + point + "()");
        }

        @Override
        public void close() {
            told.add("closed");
        }
    }

    private static Thing thing(String id, List<Capability> capabilities, List<Resource> resources) {
        return new Thing(id, "Fan", "a fan", Optional.empty(), capabilities, List.of(), resources);
    }

    private static Thing fan(String id) {
        return thing(
                id,
                List.of(new Capability(
                        CapabilityClass.ENUM_CONTROL,
                        "Speed",
                        Map.of("Type", "FanMode", "ValidValues", "Off,Low,High"),
                        "speed")),
                List.of());
    }

    private String value(String path) {
        return model.snapshot().value(path).orElse("(nothing)");
    }

    private void awaitValue(String path, String value) {
        await(path).atMost(Duration.ofSeconds(10)).until(() -> value(path).equals(value));
    }

    private void awaitRows(int rows) {
        awaitValue("Device.ProxiedDeviceNumberOfEntries", Integer.toString(rows));
    }

    private void set(Map<String, String> values) {
        model.write(Origin.MANAGEMENT, tx -> {
            values.forEach(tx::set);
            return 0;
        });
    }

    @Test
    void the_values_of_a_choice_form_a_circle_and_no_other_is_taken() throws Exception {
        shelf.feed().present(fan("fan"));
        shelf.feed().values("fan", Map.of("speed", "Low"));
        awaitValue(FAN + "Value", "Low");
        model.operate(FAN + "StepUp()", Map.of());
        awaitValue(FAN + "Value", "High");
        model.operate(FAN + "StepUp()", Map.of());
        awaitValue(FAN + "Value", "Off");
        model.operate(FAN + "StepDown()", Map.of());
        assertThat(shelf.told).containsExactly("fan speed High", "fan speed Off", "fan speed High");
        assertThatThrownBy(() -> set(Map.of(FAN + "Value", "Storm")))
                .isInstanceOfSatisfying(
                        UspException.class, e -> assertThat(e.code()).isEqualTo(StandardErrorCode.INVALID_VALUE));
    }

    @Test
    void what_was_written_before_a_thing_failed_is_taken_back() {
        Resource.Access both = new Resource.Access(true, true, false);
        shelf.feed()
                .present(thing(
                        "two",
                        List.of(),
                        List.of(
                                new Resource("/a", "A", ResourceType.INTEGER, both, ""),
                                new Resource("/b", "B", ResourceType.INTEGER, both, ""))));
        shelf.feed().values("two", Map.of("/a", "1", "/b", "2"));
        String resources = THINGS + "1.X_PHAROS-DEV_Resource.";
        awaitValue(resources + "2.Value", "2");
        shelf.broken.add("/b");
        assertThatThrownBy(() -> set(Map.of(resources + "1.Value", "10", resources + "2.Value", "20")))
                .hasMessageContaining("it is broken");
        assertThat(shelf.told).containsExactly("two /a 10", "two /a 1");
        assertThat(value(resources + "1.Value")).isEqualTo("1");
    }

    @Test
    void a_thing_that_is_away_makes_room_and_one_that_is_there_does_not() {
        ThingFeed feed = shelf.feed();
        IntStream.range(0, Limits.THINGS)
                .forEach(i -> assertThat(feed.present(fan("fan" + i))).isTrue());
        assertThat(feed.present(fan("late"))).isFalse();
        feed.away("fan7");
        assertThat(feed.present(fan("late"))).isTrue();
        assertThat(feed.present(fan("later"))).isFalse();
        awaitRows(Limits.THINGS);
    }

    @Test
    void of_more_than_a_thing_may_have_the_rest_is_left_out() {
        List<Resource> many = new ArrayList<>();
        for (int i = 0; i < 2 * Limits.RESOURCES; i++) {
            many.add(new Resource(
                    "/" + i, "x".repeat(300), ResourceType.STRING, new Resource.Access(true, false, false), ""));
        }
        shelf.feed().present(thing("large", List.of(), many));
        shelf.feed().values("large", Map.of("/0", "y".repeat(Limits.VALUE_CHARACTERS + 1), "/1", "short"));
        awaitValue(THINGS + "1.X_PHAROS-DEV_ResourceNumberOfEntries", Integer.toString(Limits.RESOURCES));
        awaitValue(THINGS + "1.X_PHAROS-DEV_Resource.2.Value", "short");
        assertThat(value(THINGS + "1.X_PHAROS-DEV_Resource.1.Value")).isEmpty();
        assertThat(value(THINGS + "1.X_PHAROS-DEV_Resource.1.Name")).hasSize(Limits.NAME_CHARACTERS);
    }

    @Test
    void identifiers_that_look_alike_are_different_things() {
        ThingFeed feed = shelf.feed();
        String longer = "z".repeat(100);
        List.of("a b", "a-b", "a?b", longer + "1", longer + "2").forEach(id -> feed.present(fan(id)));
        awaitRows(5);
    }

    @Test
    void after_a_restart_a_thing_has_its_number_and_the_name_that_it_was_given(@TempDir Path folder) throws Exception {
        model.close();
        model = model(FileJournal.open(folder.resolve("journal")));
        shelf.feed().present(fan("first"));
        shelf.feed().present(fan("second"));
        awaitRows(2);
        set(Map.of(THINGS + "2.Name", "In the hall"));
        model.close();
        model = model(FileJournal.open(folder.resolve("journal")));
        awaitRows(0);
        shelf.feed().present(fan("second"));
        awaitValue(THINGS + "2.Name", "In the hall");
    }
}
