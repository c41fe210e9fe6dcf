// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Who a CPE says to be (DeviceIdStruct), to the letter.
///
/// @param oui six hexadecimal digits by the standard, in whatever case in the field
/// @param productClass may be empty
/// @throws IllegalArgumentException without OUI or serial number: no device can be told from another
public record DeviceId(String manufacturer, String oui, String productClass, String serialNumber) {
    public DeviceId {
        if (oui.isEmpty() || serialNumber.isEmpty()) {
            throw new IllegalArgumentException("a DeviceId needs OUI and SerialNumber");
        }
    }

    /// One text for one device: OUI, product class where there is one, and serial number, with a hyphen between. What
    /// is neither letter nor digit within them is percent-encoded, so that no two devices have the same.
    public String canonical() {
        StringBuilder text = new StringBuilder();
        encode(oui.toUpperCase(Locale.ROOT), text);
        text.append('-');
        if (!productClass.isEmpty()) {
            encode(productClass, text);
            text.append('-');
        }
        encode(serialNumber, text);
        return text.toString();
    }

    private static void encode(String part, StringBuilder text) {
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            if ((b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '_' || b == '.') {
                text.append((char) b);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
            }
        }
    }
}
