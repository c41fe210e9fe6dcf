// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.path.PathName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final PathName ENABLED = PathName.require("Device.WiFi.SSID.[Enable==true].");

    @Test
    void readers_see_all_of_a_transaction_or_nothing_of_it() throws Exception {
        InstantiatedDataModel model = HomeModel.start(new RecordingElement(HomeModel.MODEL));
        model.write(Origin.MANAGEMENT, tx -> {
            for (int i = 0; i < 10; i++) {
                tx.add("Device.WiFi.SSID.");
            }
            return 0;
        });
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int reader = 0; reader < 4; reader++) {
                readers.add(threads.submit(() -> {
                    int reads = 0;
                    while (!done.get() || reads == 0) {
                        Snapshot snapshot = model.snapshot();
                        int on = snapshot.resolve(ENABLED, Snapshot.Visibility.ALL)
                                .size();
                        assertThat(on).isIn(0, 10);
                        assertThat(snapshot.resolve(ENABLED, Snapshot.Visibility.ALL))
                                .hasSize(on);
                        reads++;
                    }
                    return reads;
                }));
            }
            for (int i = 0; i < 500; i++) {
                String value = Boolean.toString(i % 2 == 0);
                model.write(Origin.MANAGEMENT, tx -> {
                    for (int row = 1; row <= 10; row++) {
                        tx.set("Device.WiFi.SSID." + row + ".Enable", value);
                    }
                    return 0;
                });
            }
            done.set(true);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    @Test
    void writers_of_many_threads_lose_nothing_and_are_heard_in_order() throws Exception {
        RecordingElement device = new RecordingElement(HomeModel.MODEL);
        InstantiatedDataModel model = HomeModel.start(device);
        List<ChangeSet> heard = new ArrayList<>();
        model.onChange(heard::add);
        device.context().update(tx -> tx.add("Device.WiFi.Radio.", Map.of("Name", "wlan0")));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        device.context().update(tx -> {
                            long errors = Long.parseLong(tx.snapshot()
                                    .value("Device.WiFi.Radio.1.Stats.Errors")
                                    .orElseThrow());
                            tx.set("Device.WiFi.Radio.1.Stats.Errors", Long.toString(errors + 1));
                            return 0;
                        });
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(model.snapshot().value("Device.WiFi.Radio.1.Stats.Errors")).contains("800");
        assertThat(heard).hasSize(801);
        for (int i = 1; i < heard.size(); i++) {
            assertThat(heard.get(i).before()).isEqualTo(heard.get(i - 1).after());
        }
    }
}
