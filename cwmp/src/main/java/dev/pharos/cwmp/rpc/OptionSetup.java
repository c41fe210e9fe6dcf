// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Whether an option is turned on by a voucher and set up.
public enum OptionSetup {
    DISABLED_NOT_SET_UP(0),
    ENABLED_NOT_SET_UP(1),
    DISABLED_SET_UP(2),
    ENABLED_SET_UP(3);

    private final int number;

    OptionSetup(int number) {
        this.number = number;
    }

    /// As on the wire.
    public int number() {
        return number;
    }
}
