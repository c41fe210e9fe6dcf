// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

/// Says what is wrong with a line of a mapping.
@FunctionalInterface
interface Wrong {
    MappingFormatException because(String detail);

    static void unless(boolean condition, String expected, Wrong wrong) throws MappingFormatException {
        if (!condition) {
            throw wrong.because("expected: " + expected);
        }
    }
}
