// SPDX-License-Identifier: Apache-2.0
/// What TLS costs.
@NullMarked
package dev.pharos.bench.tls;

import org.jspecify.annotations.NullMarked;
