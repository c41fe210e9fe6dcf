// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// What programs are for, in the words of OCI images.
///
/// @param architecture as Go calls it, `amd64`; empty for any
public record Platform(String architecture) {
    private static final String SYSTEM = "linux";
    /// As far as an ELF file says what it is for.
    private static final int HEADER = 20;

    /// Whatever the image is for.
    public static final Platform ANY = new Platform("");

    /// That of this process, by the header of its program: what runs it has its libraries there, which a kernel of 64
    /// bits beneath programs of 32 does not.
    public static Platform here() {
        try (InputStream program = Files.newInputStream(Path.of("/proc/self/exe"))) {
            return of(program.readNBytes(HEADER));
        } catch (IOException hidden) {
            return new Platform("unknown");
        }
    }

    /// @param header the first bytes of an ELF file
    static Platform of(byte[] header) {
        if (header.length < HEADER || header[0] != 0x7F || header[1] != 'E' || header[2] != 'L' || header[3] != 'F') {
            return new Platform("unknown");
        }
        boolean little = header[5] == 1;
        int machine = little
                ? Byte.toUnsignedInt(header[18]) | Byte.toUnsignedInt(header[19]) << 8
                : Byte.toUnsignedInt(header[18]) << 8 | Byte.toUnsignedInt(header[19]);
        return new Platform(
                switch (machine) {
                    case 3 -> "386";
                    case 21 -> little ? "ppc64le" : "ppc64";
                    case 22 -> "s390x";
                    case 40 -> "arm";
                    case 62 -> "amd64";
                    case 183 -> "arm64";
                    case 243 -> "riscv64";
                    case 258 -> "loong64";
                    default -> "machine " + machine;
                });
    }

    /// @param said by the image, with `os` and `architecture`
    boolean is(JsonNode said) {
        return said.path("os").asString("").equals(SYSTEM)
                && (architecture.isEmpty()
                        || said.path("architecture").asString("").equals(architecture));
    }

    /// @param config of an image
    /// @throws UnitFormatException where it is for something else
    void mustRun(JsonNode config) throws UnitFormatException {
        if (!is(config)) {
            throw UnitFormatException.elsewhere("the image is for "
                    + Archive.shown(config.path("os").asString("") + "/"
                            + config.path("architecture").asString(""))
                    + ", and this host is " + this);
        }
    }

    @Override
    public String toString() {
        return SYSTEM + "/" + (architecture.isEmpty() ? "any" : architecture);
    }
}
