// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.util.Optional;

/// Network masks of IPv4, which the data model has as `255.255.255.0` and the configuration as `24` too.
final class Masks {
    private static final int BITS = 32;
    private static final long ALL = 0xffff_ffffL;

    private Masks() {}

    /// @param bits 0 to 32; empty where it is something else
    static Optional<String> of(String bits) {
        if (!bits.matches("[0-9]|[12][0-9]|3[0-2]")) {
            return Optional.empty();
        }
        long mask = ALL << (BITS - Integer.parseInt(bits)) & ALL;
        return Optional.of(Addresses.text(mask));
    }

    /// How many bits a mask has; empty where it is none.
    static Optional<Integer> bits(String mask) {
        return Addresses.number(mask)
                .filter(number -> isContiguous(~number & ALL))
                .map(Long::bitCount);
    }

    /// @param hosts the bits that are not of the network
    private static boolean isContiguous(long hosts) {
        return (hosts & hosts + 1) == 0;
    }
}
