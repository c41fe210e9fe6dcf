// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

import java.util.Arrays;
import java.util.Optional;

/// What a device is to fetch, as FileType of Download and ScheduleDownload (cwmp-1-0 to cwmp-1-4); what vendors call
/// theirs is none of these.
public enum DownloadType {
    FIRMWARE("1 Firmware Upgrade Image"),
    WEB_CONTENT("2 Web Content"),
    CONFIGURATION("3 Vendor Configuration File"),
    TONES("4 Tone File"),
    RINGER("5 Ringer File");

    private final String text;

    DownloadType(String text) {
        this.text = text;
    }

    /// As on the wire.
    public String text() {
        return text;
    }

    /// @return empty for what is none of these
    public static Optional<DownloadType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }
}
