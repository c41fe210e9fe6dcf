// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// For how long an option is turned on.
public enum OptionMode {
    DISABLED(0),
    ENABLED_WITH_EXPIRATION(1),
    ENABLED_WITHOUT_EXPIRATION(2);

    private final int number;

    OptionMode(int number) {
        this.number = number;
    }

    /// As on the wire.
    public int number() {
        return number;
    }
}
