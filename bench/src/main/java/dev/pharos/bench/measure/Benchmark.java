// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.measure;

import java.util.Optional;

/// One benchmark: ours against a bare baseline, interleaved in the same run, with the output of both
/// verified.
public interface Benchmark {
    String name();

    /// What is measured against what, in one line.
    String definition();

    /// Whether it takes so long that it runs only where it is named.
    default boolean onlyWhenNamed() {
        return false;
    }

    /// What it and those of its group counted, as a table in Markdown, once it has run; the same from each of them.
    default Optional<String> report() {
        return Optional.empty();
    }

    /// @throws Exception where a side cannot run at all; a benchmark that measured nothing must not look like
    ///     one that holds
    Outcome run() throws Exception;
}
