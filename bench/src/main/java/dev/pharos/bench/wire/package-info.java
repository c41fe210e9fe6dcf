// SPDX-License-Identifier: Apache-2.0

/// Transports and the whole path, against a bare baseline.
@NullMarked
package dev.pharos.bench.wire;

import org.jspecify.annotations.NullMarked;
