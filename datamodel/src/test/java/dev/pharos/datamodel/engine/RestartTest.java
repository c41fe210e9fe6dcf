// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.datamodel.store.FileJournal;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    @TempDir
    private Path folder;

    private RecordingElement device = new RecordingElement(HomeModel.MODEL);

    private InstantiatedDataModel start() throws IOException {
        device = new RecordingElement(HomeModel.MODEL);
        return HomeModel.start(device, FileJournal.open(folder.resolve("state")));
    }

    private static void manage(InstantiatedDataModel model, Consumer<Transaction> body) {
        model.write(Origin.MANAGEMENT, tx -> {
            body.accept(tx);
            return 0;
        });
    }

    private String publishRadio(String name) {
        return device.context().update(tx -> tx.add("Device.WiFi.Radio.", Map.of("Name", name)));
    }

    @Test
    @Requirement("R-ARC.8")
    void written_values_and_rows_of_writable_tables_come_back() throws IOException {
        try (InstantiatedDataModel model = start()) {
            manage(model, tx -> {
                tx.set("Device.Info.Name", "hub");
                tx.set("Device.Info.Note", "once");
                tx.add("Device.WiFi.SSID.");
                tx.add("Device.WiFi.SSID.");
                tx.set("Device.WiFi.SSID.2.SSID", "home");
                tx.set("Device.WiFi.SSID.2.Owner", "me");
                tx.set(tx.add("Device.WiFi.SSID.2.Filter.") + "MAC", "00:11:22:33:44:55");
                tx.add("Device.WiFi.SSID.");
            });
            manage(model, tx -> {
                tx.delete("Device.WiFi.SSID.1.");
                tx.delete("Device.WiFi.SSID.3.");
            });
            device.context().update(tx -> {
                tx.set("Device.WiFi.SSID.2.Stats.Sent", "99");
                return 0;
            });
        }
        try (InstantiatedDataModel model = start()) {
            Snapshot snapshot = model.snapshot();
            assertThat(snapshot.value("Device.Info.Name")).contains("hub");
            assertThat(snapshot.object("Device.WiFi.SSID.1.")).isEmpty();
            assertThat(snapshot.value("Device.WiFi.SSID.2.SSID")).contains("home");
            assertThat(snapshot.value("Device.WiFi.SSID.2.Alias")).contains("cpe-alias-2");
            assertThat(snapshot.value("Device.WiFi.SSID.2.Filter.1.MAC")).contains("00:11:22:33:44:55");
            assertThat(snapshot.value("Device.WiFi.SSID.2.Stats.Sent")).contains("0");
            assertThat(snapshot.value("Device.WiFi.SSIDNumberOfEntries")).contains("1");
            assertThatThrownBy(() -> manage(model, tx -> tx.set("Device.WiFi.SSID.2.Owner", "you")))
                    .isInstanceOf(UspException.class);
            assertThatThrownBy(() -> manage(model, tx -> tx.set("Device.Info.Note", "twice")))
                    .isInstanceOf(UspException.class);
            manage(model, tx -> assertThat(tx.add("Device.WiFi.SSID.")).isEqualTo("Device.WiFi.SSID.4."));
        }
    }

    @Test
    @Requirement("R-ARC.8")
    void a_row_that_the_device_finds_again_has_its_number_and_written_values() throws IOException {
        try (InstantiatedDataModel model = start()) {
            publishRadio("wlan0");
            publishRadio("wlan1");
            manage(model, tx -> tx.set("Device.WiFi.Radio.2.Channel", "11"));
        }
        try (InstantiatedDataModel model = start()) {
            assertThat(model.snapshot().value("Device.WiFi.RadioNumberOfEntries"))
                    .contains("0");
            assertThat(publishRadio("wlan1")).isEqualTo("Device.WiFi.Radio.2.");
            assertThat(publishRadio("wlan2")).isEqualTo("Device.WiFi.Radio.3.");
            assertThat(publishRadio("wlan0")).isEqualTo("Device.WiFi.Radio.1.");
            assertThat(model.snapshot().value("Device.WiFi.Radio.2.Channel")).contains("11");
            assertThat(model.snapshot().value("Device.WiFi.Radio.1.Alias")).contains("cpe-alias-1");
            device.context().update(tx -> {
                tx.delete("Device.WiFi.Radio.2.");
                return 0;
            });
            assertThat(publishRadio("wlan1")).isEqualTo("Device.WiFi.Radio.4.");
        }
    }

    @Test
    @Requirement("R-ARC.8")
    void a_device_that_adds_rows_in_the_same_order_gets_the_same_numbers() throws IOException {
        for (int start = 0; start < 3; start++) {
            try (InstantiatedDataModel model = start()) {
                for (int i = 1; i <= 2; i++) {
                    String name = "wlan" + i;
                    String path = device.context().update(tx -> {
                        String radio = tx.add("Device.WiFi.Radio.");
                        tx.set(radio + "Name", name);
                        return radio;
                    });
                    assertThat(path).isEqualTo("Device.WiFi.Radio." + i + ".");
                }
                assertThat(model.snapshot().value("Device.WiFi.RadioNumberOfEntries"))
                        .contains("2");
            }
        }
    }

    @Test
    void rows_without_keys_and_values_that_only_the_device_sets_are_not_kept() throws IOException {
        try (InstantiatedDataModel model = start()) {
            device.context().update(tx -> tx.add("Device.WiFi.Neighbor."));
            assertThat(model.snapshot().object("Device.WiFi.Neighbor.1.")).isPresent();
        }
        try (InstantiatedDataModel model = start()) {
            assertThat(model.snapshot().object("Device.WiFi.Neighbor.1.")).isEmpty();
        }
    }
}
