// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

/// How one is spoken with: what is forgiven in what is read, and how it is written.
///
/// @param compressible whether what it is sent may be compressed where it says that it takes that
public record Dialect(ReadingQuirks reading, WritingQuirks writing, boolean compressible) {
    /// With whoever is not known yet.
    public static final Dialect FIELD = new Dialect(ReadingQuirks.FIELD, WritingQuirks.NONE, true);
}
