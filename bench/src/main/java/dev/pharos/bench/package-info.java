// SPDX-License-Identifier: Apache-2.0

/// Benchmarks of ours against a bare baseline in the same run.
@NullMarked
package dev.pharos.bench;

import org.jspecify.annotations.NullMarked;
