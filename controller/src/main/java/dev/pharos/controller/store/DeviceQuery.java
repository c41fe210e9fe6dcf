// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import java.util.Locale;
import java.util.Optional;

/// Which devices, in which order, from where on.
///
/// @param text every device whose id, manufacturer, model, product class, serial number or software version
///     contains it, in any case; empty for all
/// @param online only those that are, or are not, online
/// @param cursor the `nextCursor` of the page before, empty for the first
public record DeviceQuery(
        String text, Optional<Boolean> online, Sort sort, boolean descending, int limit, String cursor) {

    public enum Sort {
        ID,
        LAST_SEEN,
        MODEL_NAME
    }

    public static DeviceQuery all(int limit) {
        return new DeviceQuery("", Optional.empty(), Sort.ID, false, limit, "");
    }

    /// Whether this device is asked for, whatever the page.
    public boolean matches(DeviceRecord device) {
        if (online.isPresent() && online.get() != device.online()) {
            return false;
        }
        if (text.isEmpty()) {
            return true;
        }
        String wanted = text.toLowerCase(Locale.ROOT);
        DeviceIdentity known = device.identity();
        return contains(device.id().toString(), wanted)
                || contains(known.manufacturer(), wanted)
                || contains(known.modelName(), wanted)
                || contains(known.productClass(), wanted)
                || contains(known.serialNumber(), wanted)
                || contains(known.softwareVersion(), wanted);
    }

    private static boolean contains(String text, String wanted) {
        return text.toLowerCase(Locale.ROOT).contains(wanted);
    }
}
