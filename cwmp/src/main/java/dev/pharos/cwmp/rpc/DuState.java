// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// What has become of a deployment unit.
public enum DuState {
    INSTALLED("Installed"),
    UNINSTALLED("Uninstalled"),
    /// It could not be installed, so that there is no row for it.
    FAILED("Failed");

    private final String word;

    DuState(String word) {
        this.word = word;
    }

    /// As on the wire.
    public String word() {
        return word;
    }
}
