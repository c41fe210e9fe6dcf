// SPDX-License-Identifier: Apache-2.0
/// What our transport adds to a broker.
@NullMarked
package dev.pharos.bench.broker;

import org.jspecify.annotations.NullMarked;
