// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.util.Locale;

/// What a file of a device is.
public enum FileKind {
    /// How the device is set, secrets and all.
    CONFIG,
    /// What it wrote down.
    LOG,
    /// Packets that passed its links.
    CAPTURE,
    /// What a vendor or TR-069 has by a name of its own, such as tones and web pages.
    OTHER;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FileKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
