// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.bench.measure;

import org.jspecify.annotations.NullMarked;
