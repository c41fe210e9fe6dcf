// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What programs are for, in the words of OCI images.
///
/// @param architecture as Go calls it, `amd64`; empty for any
public record Platform(String architecture) {
    private static final String SYSTEM = "linux";

    /// Whatever the image is for.
    public static final Platform ANY = new Platform("");

    /// That of this host.
    public static Platform here() {
        return named(System.getProperty("os.arch", ""));
    }

    /// @param java how Java calls it
    static Platform named(String java) {
        return new Platform(
                switch (java.toLowerCase(Locale.ROOT)) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    case "x86", "i386", "i686" -> "386";
                    default -> java.toLowerCase(Locale.ROOT);
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
