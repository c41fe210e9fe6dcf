// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

/// What the value of a resource is; in the data model all of them are texts.
public enum ResourceType {
    STRING("String"),
    INTEGER("Integer"),
    DECIMAL("Decimal"),
    BOOLEAN("Boolean"),
    /// In UTC, as TR-106 writes it.
    TIME("Time"),
    /// In base64.
    BYTES("Bytes"),
    /// Of a command.
    NONE("None");

    private final String text;

    ResourceType(String text) {
        this.text = text;
    }

    /// As the data model calls it.
    public String text() {
        return text;
    }
}
