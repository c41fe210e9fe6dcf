// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.util.Optional;

/// Which programs a host is for, in the words of TR-181: as those are that run on it already, by the header of this
/// process's own (elf(5)). What the kernel would run beside them has no libraries here.
final class Architecture {
    private static final String OWN_PROGRAM = "/proc/self/exe";
    private static final int MAGIC = 0x7F454C46;
    private static final int ORDER_AT = 5;
    private static final int LITTLE = 1;
    private static final int MACHINE_AT = 18;
    private static final int HEADER = 20;

    private Architecture() {}

    /// @return empty where TR-181 has no word for it, as for RISC-V
    static Optional<String> of(HostFiles files) {
        return files.head(OWN_PROGRAM, HEADER).flatMap(Architecture::of);
    }

    private static Optional<String> of(byte[] header) {
        int magic = two(header, 0, false) << 16 | two(header, 2, false);
        boolean little = header[ORDER_AT] == LITTLE;
        return magic == MAGIC ? word(two(header, MACHINE_AT, little), little) : Optional.empty();
    }

    private static int two(byte[] header, int at, boolean little) {
        int first = header[at] & 0xFF;
        int second = header[at + 1] & 0xFF;
        return little ? second << 8 | first : first << 8 | second;
    }

    /// Words of TR-181 tell 32 bits from 64 of one maker alone.
    private static Optional<String> word(int machine, boolean little) {
        return switch (machine) {
            case 3 -> Optional.of("i386");
            case 4 -> Optional.of("m68k");
            case 8 -> Optional.of(little ? "mipsel" : "mipseb");
            // of 32 bits, and of 64
            case 20, 21 -> Optional.of("powerpc");
            case 40, 183 -> Optional.of("arm");
            case 42 -> Optional.of(little ? "sh3el" : "sh3eb");
            case 62 -> Optional.of("x86_64");
            default -> Optional.empty();
        };
    }
}
