// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

/// Numbers of the host as the data model writes them.
final class Unsigned {
    static final long MAX_INT = 0xFFFF_FFFFL;

    private Unsigned() {}

    /// An amount that no unsignedInt holds is the largest one.
    static String saturated(long amount) {
        return Long.toString(Math.clamp(amount, 0L, MAX_INT));
    }

    /// A counter of 32 bits begins again at zero.
    static String wrapped(long count) {
        return Long.toString(count & MAX_INT);
    }
}
