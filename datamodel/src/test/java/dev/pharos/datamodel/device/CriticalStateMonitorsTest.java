// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A memory and a processor that are polled by hand.
class CriticalStateMonitorsTest {
    private static final String MEMORY = "Device.DeviceInfo.MemoryStatus.MemoryMonitor.";
    private static final String CPU = "Device.DeviceInfo.ProcessStatus.CPU.1.";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Map<Duration, Runnable> polls = new LinkedHashMap<>();
    private final List<DataModelEvent> events = new ArrayList<>();
    private final Busy device = new Busy();
    private final InstantiatedDataModel model;

    CriticalStateMonitorsTest() throws IOException {
        model = InstantiatedDataModel.start(List.of(device), ChangeJournal.none());
        model.onEvent(events::add);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private final class Busy implements ServiceElement {
        private @Nullable CriticalStateMonitors monitors;
        private int used = 10;

        @Override
        public SupportedDataModel supported() {
            return GatewayModel.load()
                    .restrictedTo((object, element) ->
                            object.equals(MEMORY) || object.equals("Device.DeviceInfo.ProcessStatus.CPU.{i}."));
        }

        @Override
        public void start(DeviceContext context) {
            context.update(transaction -> {
                String row = transaction.add("Device.DeviceInfo.ProcessStatus.CPU.");
                transaction.set(row + "Name", "cpu0");
                return row;
            });
            monitors = new CriticalStateMonitors(context, Clock.fixed(NOON, ZoneOffset.UTC), (interval, work) -> {
                polls.put(interval, work);
                return () -> polls.remove(interval, work);
            });
        }

        @Override
        public boolean isLive(String supportedParameterPath) {
            return supportedParameterPath.endsWith("Utilization");
        }

        @Override
        public String read(ObjectInstance object, String parameter) {
            return Integer.toString(used);
        }

        @Override
        public void apply(ChangeSet changes) {
            if (monitors != null) {
                monitors.adjust(changes.after());
            }
        }

        @Override
        public void close() {
            if (monitors != null) {
                monitors.close();
            }
        }
    }

    @Test
    void use_that_reaches_the_upper_threshold_raises_the_event_once_until_it_fell_to_the_lower() {
        set(CPU + "PollInterval", "7");
        set(CPU + "Enable", "true");

        poll(7, 79, 80, 100, 61);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.objectPath()).isEqualTo(CPU);
            assertThat(event.name()).isEqualTo("CPUCriticalState!");
            assertThat(event.arguments()).isEqualTo(Map.of("CPUUtilization", "80", "Name", "cpu0"));
        });
        assertThat(value(CPU + "CriticalRiseTimeStamp")).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(value(CPU + "CriticalFallTimeStamp")).isEqualTo("0001-01-01T00:00:00Z");

        poll(7, 60);
        assertThat(value(CPU + "CriticalFallTimeStamp")).isEqualTo("2026-01-01T12:00:00Z");
        poll(7, 90);
        assertThat(events).hasSize(2);
    }

    @Test
    void memory_has_its_own_event_and_a_lower_threshold_above_the_upper_ends_with_the_upper() {
        set(MEMORY + "PollingInterval", "30");
        set(MEMORY + "CriticalRiseThreshold", "50");
        set(MEMORY + "CriticalFallThreshold", "95");
        set(MEMORY + "Enable", "true");

        poll(30, 50, 51, 49, 50);

        assertThat(events)
                .extracting(event -> event.name() + event.arguments())
                .containsExactly("MemoryCriticalState!{MemUtilization=50}", "MemoryCriticalState!{MemUtilization=50}");
    }

    @Test
    void nothing_is_polled_that_is_not_enabled_or_has_no_interval() {
        set(MEMORY + "Enable", "true");
        assertThat(polls).as("an interval of zero").isEmpty();
        set(CPU + "Enable", "true");
        assertThat(polls).containsOnlyKeys(Duration.ofSeconds(5));
        set(CPU + "PollInterval", "6");
        assertThat(polls).containsOnlyKeys(Duration.ofSeconds(6));
        set(CPU + "Enable", "false");
        assertThat(polls).isEmpty();
        set(CPU + "Enable", "true");
        model.close();
        assertThat(polls).isEmpty();
    }

    private void poll(int seconds, int... percents) {
        for (int percent : percents) {
            device.used = percent;
            Objects.requireNonNull(polls.get(Duration.ofSeconds(seconds))).run();
        }
    }

    private void set(String path, String value) {
        model.write(Origin.MANAGEMENT, transaction -> {
            transaction.set(path, value);
            return path;
        });
    }

    private String value(String path) {
        return model.snapshot().value(path).orElseThrow();
    }
}
