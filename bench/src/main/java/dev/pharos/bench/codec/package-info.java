// SPDX-License-Identifier: Apache-2.0

/// The USP codec against protobuf's own.
@NullMarked
package dev.pharos.bench.codec;

import org.jspecify.annotations.NullMarked;
