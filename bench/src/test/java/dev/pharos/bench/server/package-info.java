// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.bench.server;

import org.jspecify.annotations.NullMarked;
