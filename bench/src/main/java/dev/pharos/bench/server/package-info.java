// SPDX-License-Identifier: Apache-2.0
/// What is measured on the operator's server as a whole, in a process of its own.
@NullMarked
package dev.pharos.bench.server;

import org.jspecify.annotations.NullMarked;
