// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// NeighboringWiFiDiagnostic(): other people's networks, computed from the seed. The radios that hear them do not
/// exist.
final class Neighbourhood {
    private final Dice dice;

    Neighbourhood(Dice dice) {
        this.dice = dice;
    }

    /// What the radios that are up hear of others.
    Map<String, String> heard(Snapshot snapshot) throws InterruptedException {
        Thread.sleep(Limits.SCAN);
        Map<String, String> result = new LinkedHashMap<>();
        result.put("Status", "Complete");
        int number = 0;
        for (ObjectInstance radio :
                snapshot.object(Paths.WIFI).map(wifi -> wifi.rows("Radio")).orElse(List.of())) {
            if (!radio.value("Status").equals(Optional.of("Up"))) {
                continue;
            }
            int heard = 2 + dice.roll(radio.path(), 4);
            for (int i = 0; i < heard; i++) {
                neighbour(result, "Result." + ++number + ".", radio, dice.with(number));
            }
        }
        return result;
    }

    private static void neighbour(Map<String, String> result, String prefix, ObjectInstance radio, Dice dice) {
        List<String> channels =
                List.of(radio.value("PossibleChannels").orElse("1").split(","));
        long bits = dice.bits(0);
        result.put(prefix + "Radio", Paths.reference(radio.path()));
        result.put(prefix + "SSID", "Neighbour-%03X".formatted(bits & 0xFFF));
        result.put(
                prefix + "BSSID",
                "06:%02X:%02X:%02X:%02X:%02X"
                        .formatted(
                                bits >> 12 & 0xFF,
                                bits >> 20 & 0xFF,
                                bits >> 28 & 0xFF,
                                bits >> 36 & 0xFF,
                                bits >> 44 & 0xFF));
        result.put(prefix + "Mode", "Infrastructure");
        result.put(prefix + "Channel", channels.get(dice.roll(1, channels.size())));
        result.put(prefix + "SignalStrength", String.valueOf(-55 - dice.roll(2, 35)));
        result.put(prefix + "Noise", "-94");
        result.put(prefix + "SecurityModeEnabled", dice.roll(3, 3) == 0 ? "WPA3-SAE" : "WPA2");
        result.put(prefix + "EncryptionMode", "AES");
        result.put(
                prefix + "OperatingFrequencyBand",
                radio.value("OperatingFrequencyBand").orElse("2.4GHz"));
        result.put(
                prefix + "SupportedStandards", radio.value("SupportedStandards").orElse("n"));
        result.put(
                prefix + "OperatingStandards", radio.value("OperatingStandards").orElse("n"));
        result.put(prefix + "OperatingChannelBandwidth", "20MHz");
        result.put(prefix + "BeaconPeriod", "100");
        result.put(prefix + "DTIMPeriod", "2");
    }
}
