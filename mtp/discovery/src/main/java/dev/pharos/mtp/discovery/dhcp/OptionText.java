// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.util.Map;
import java.util.Optional;

/// Sub-options as what TR-369 makes of them: text (R-DIS.1a), which a null character ends without being part
/// of it (R-DIS.1c).
final class OptionText {
    private OptionText() {}

    /// The text of a sub-option; empty where it was not sent or says nothing.
    ///
    /// @throws MalformedInputException where it is no text
    static Optional<String> of(Map<Integer, Bytes> subOptions, int code, int limit) throws MalformedInputException {
        Bytes value = subOptions.get(code);
        if (value == null) {
            return Optional.empty();
        }
        int end = 0;
        while (end < value.size() && value.at(end) != 0) {
            end++;
        }
        String text = value.utf8(0, end);
        if (text == null || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong("not text but " + shown(value) + " (hexadecimal)");
        }
        if (text.length() > limit) {
            throw wrong("longer than " + limit + " characters: " + text.length());
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String shown(Bytes value) {
        return value.size() <= 32 ? value.toHex() : value.slice(0, 32).toHex() + "…";
    }

    private static MalformedInputException wrong(String why) {
        return new MalformedInputException(StandardErrorCode.INVALID_VALUE, why);
    }
}
