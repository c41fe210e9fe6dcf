// SPDX-License-Identifier: Apache-2.0
/// How two sides are measured against each other.
@NullMarked
package dev.pharos.bench.measure;

import org.jspecify.annotations.NullMarked;
