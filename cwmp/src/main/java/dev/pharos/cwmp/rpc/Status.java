// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Whether what was accepted is in effect.
///
/// @param number 0 or 1 by the standard; devices also send others, fault codes for instance, and these are kept
public record Status(long number) {
    /// It is.
    public static final Status DONE = new Status(0);
    /// It will be later, after a restart for instance or when a transfer is complete.
    public static final Status LATER = new Status(1);

    public boolean isDone() {
        return number == 0;
    }

    /// Whether this is a number that the standard knows.
    public boolean isStandard() {
        return number == 0 || number == 1;
    }
}
