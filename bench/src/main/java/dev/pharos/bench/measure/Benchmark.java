// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.measure;

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

    /// @throws Exception where a side cannot run at all; a benchmark that measured nothing must not look like
    ///     one that holds
    Outcome run() throws Exception;
}
