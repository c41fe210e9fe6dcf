// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// What a device is to send, as FileType of Upload (cwmp-1-0 to cwmp-1-4); what vendors call theirs is none of these.
///
/// @param row of `DeviceInfo.VendorConfigFile.` or `VendorLogFile.`, from 1; empty for the one that the device takes
///     for the file where there may be several, as older devices know it alone
public record UploadType(Content content, OptionalLong row) {
    /// Digits of a row.
    private static final String ROW = "[1-9][0-9]{0,8}";

    /// What is in a file.
    public enum Content {
        CONFIGURATION("1 Vendor Configuration File", "3 Vendor Configuration File"),
        LOG("2 Vendor Log File", "4 Vendor Log File");

        private final String any;
        private final String numbered;

        Content(String any, String numbered) {
            this.any = any;
            this.numbered = numbered;
        }

        private Optional<OptionalLong> row(String text) {
            if (text.equals(any)) {
                return Optional.of(OptionalLong.empty());
            }
            String row = text.startsWith(numbered + " ") ? text.substring(numbered.length() + 1) : "";
            return row.matches(ROW) ? Optional.of(OptionalLong.of(Long.parseLong(row))) : Optional.empty();
        }
    }

    /// @return empty for what is none of these
    public static Optional<UploadType> of(String text) {
        return Arrays.stream(Content.values())
                .flatMap(content -> content.row(text).map(row -> new UploadType(content, row)).stream())
                .findFirst();
    }

    /// As on the wire.
    public String text() {
        return row.isPresent() ? content.numbered + " " + row.getAsLong() : content.any;
    }
}
