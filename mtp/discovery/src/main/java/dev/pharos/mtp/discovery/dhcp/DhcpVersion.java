// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

/// DHCP for IPv4 or for IPv6: they carry the same information under different codes.
public enum DhcpVersion {
    V4(124, 125, 1),
    V6(16, 17, 2);

    private final int vendorClass;
    private final int vendorInformation;
    private final int fieldSize;

    DhcpVersion(int vendorClass, int vendorInformation, int fieldSize) {
        this.vendorClass = vendorClass;
        this.vendorInformation = vendorInformation;
        this.fieldSize = fieldSize;
    }

    /// The code of the option by which a client says what it is.
    public int vendorClass() {
        return vendorClass;
    }

    /// The code of the option in which vendors put information of their own.
    public int vendorInformation() {
        return vendorInformation;
    }

    /// How many bytes a code or a length takes: in options as in sub-options.
    int fieldSize() {
        return fieldSize;
    }

    /// The longest value that one option or sub-option can carry.
    int longestValue() {
        return (1 << (8 * fieldSize)) - 1;
    }
}
