// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;

/// What is forgiven in envelopes of one model of device: configuration of the program. What does no harm is always
/// forgiven and needs none: missing elements, wrong counts of arrays, unknown types.
///
/// @param undeclaredPrefixes whether names may have a prefix that is declared nowhere
/// @param illegalCharacters whether what is not well-formed is read once more without characters that XML forbids and
///     with bare ampersands taken literally, as in names of wireless networks; up to [Limits#REPAIRED_BYTES]
/// @param emptyWords what devices write for nothing, such as `(null)`, where a ParameterKey or CommandKey belongs
/// @param charset in which they write, whatever they say
public record ReadingQuirks(
        boolean undeclaredPrefixes, boolean illegalCharacters, Set<String> emptyWords, Optional<Charset> charset) {
    /// Nothing beyond the standard.
    public static final ReadingQuirks NONE = new ReadingQuirks(false, false, Set.of(), Optional.empty());

    /// What is seen in the field and does no harm where it is not: for whoever does not know yet who is talking.
    public static final ReadingQuirks FIELD = new ReadingQuirks(true, true, Set.of("(null)"), Optional.empty());

    public ReadingQuirks {
        emptyWords = Set.copyOf(emptyWords);
    }
}
