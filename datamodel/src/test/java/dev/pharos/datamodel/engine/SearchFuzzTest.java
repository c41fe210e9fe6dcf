// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import java.util.Map;

/// Whatever path or value comes from a peer: it resolves, or it is refused with a fault. Runs over its seeds
/// here; `JAZZER_FUZZ=1` makes it search.
class SearchFuzzTest {
    private static final InstantiatedDataModel MODEL = filled();

    private static InstantiatedDataModel filled() {
        RecordingElement device = new RecordingElement(HomeModel.MODEL);
        InstantiatedDataModel model = HomeModel.start(device);
        device.context().update(tx -> {
            tx.add("Device.WiFi.Radio.", Map.of("Name", "wlan0"));
            tx.add("Device.WiFi.SSID.");
            tx.set("Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.Radio.1");
            return 0;
        });
        return model;
    }

    @FuzzTest(maxDuration = "20s")
    void a_path_resolves_or_is_refused(FuzzedDataProvider data) {
        String[] stems = {"", "Device.WiFi.SSID.[", "Device.WiFi.Radio.[Channel", "Device.WiFi.SSID.1.LowerLayers"};
        String text = data.pickValue(stems) + data.consumeRemainingAsString();
        try {
            PathName path = PathName.require(text);
            MODEL.snapshot().resolve(path, Snapshot.Visibility.ALL);
            MODEL.snapshot().resolveTables(path.object(), Snapshot.Visibility.ALL);
        } catch (UspException refused) {
            assertThat(refused.code().code()).isBetween(7000, 7026);
        }
    }

    @FuzzTest(maxDuration = "20s")
    void a_value_is_kept_or_refused(FuzzedDataProvider data) {
        String[] parameters = {
            "Device.Info.Level",
            "Device.Info.Share",
            "Device.Info.Tags",
            "Device.Info.Ports",
            "Device.WiFi.SSID.1.LowerLayers",
            "Device.WiFi.SSID.1.Friend",
            "Device.WiFi.SSID.1.Backup"
        };
        String path = data.pickValue(parameters);
        String value = data.consumeRemainingAsString();
        try {
            MODEL.write(Origin.MANAGEMENT, tx -> {
                tx.set(path, value);
                String kept = tx.snapshot().value(path).orElseThrow();
                tx.set(path, kept);
                assertThat(tx.snapshot().value(path)).contains(kept);
                tx.check();
                return 0;
            });
        } catch (UspException refused) {
            assertThat(refused.code().code()).isBetween(7000, 7026);
        }
    }
}
