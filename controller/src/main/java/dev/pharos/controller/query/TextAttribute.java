// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

/// A text that the inventory knows of a device, by its name in queries.
public enum TextAttribute {
    ID("id"),
    MANUFACTURER("manufacturer"),
    OUI("oui"),
    MODEL("model"),
    PRODUCT_CLASS("class"),
    SERIAL("serial"),
    HARDWARE("hardware"),
    SOFTWARE("software"),
    /// `online`, `offline`, `onboarding` or `error`.
    STATUS("status"),
    /// Of the present or last connection: `websocket`, `mqtt` …
    TRANSPORT("transport"),
    ADDRESS("address"),
    /// The protocol versions as the device says them, `1.3,1.4`.
    PROTOCOL("protocol");

    private final String word;

    TextAttribute(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
