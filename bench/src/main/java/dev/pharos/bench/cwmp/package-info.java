// SPDX-License-Identifier: Apache-2.0

/// What TR-069 costs.
@NullMarked
package dev.pharos.bench.cwmp;

import org.jspecify.annotations.NullMarked;
