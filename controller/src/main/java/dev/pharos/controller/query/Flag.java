// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

/// What is true of a device or is not, by its name in queries.
public enum Flag {
    ONLINE("online"),
    APPROVED("approved"),
    VERIFIED("verified"),
    ONBOARDED("onboarded");

    private final String word;

    Flag(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
