// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.Map;

/// What the simulated hardware cannot do, beyond what the types say already.
final class Validity {
    /// Which parameter of the same object lists the values that this one may have.
    private static final Map<String, String> LISTED_BY = Map.of(
            "Device.WiFi.Radio.{i}.OperatingFrequencyBand", "SupportedFrequencyBands",
            "Device.WiFi.Radio.{i}.OperatingStandards", "SupportedStandards",
            "Device.WiFi.Radio.{i}.OperatingChannelBandwidth", "SupportedOperatingChannelBandwidths",
            "Device.WiFi.Radio.{i}.Channel", "PossibleChannels",
            "Device.WiFi.Radio.{i}.TransmitPower", "TransmitPowerSupported",
            "Device.WiFi.AccessPoint.{i}.Security.ModeEnabled", "ModesSupported");

    private Validity() {}

    /// @throws UspException 7012 where a value is beyond this hardware
    static void check(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            switch (change) {
                case Change.ValueChanged changed -> check(changed.path(), changed.after(), proposed.after());
                case Change.RowAdded added ->
                    added.values().forEach((name, value) -> check(added.path() + name, value, proposed.after()));
                case Change.RowDeleted deleted -> {
                    // every row of a writable table may go
                }
            }
        }
    }

    private static void check(String path, String value, Snapshot after) {
        String listing = LISTED_BY.get(Paths.supported(path));
        if (listing == null) {
            return;
        }
        String listed = after.value(Paths.holderOfParameter(path) + listing).orElse("");
        List<String> possible = List.of(listed.split(","));
        // a row that was just made has no list yet
        if (!listed.isEmpty() && !possible.containsAll(List.of(value.split(",")))) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE, path + " is " + value + ", but " + listing + " is " + listed);
        }
    }
}
