// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

/// A time that the inventory knows of a device, by its name in queries.
public enum TimeAttribute {
    FIRST_SEEN("firstSeen"),
    LAST_SEEN("lastSeen");

    private final String word;

    TimeAttribute(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
