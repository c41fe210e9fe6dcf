// SPDX-License-Identifier: Apache-2.0
/// Many simulated gateways in one process, and how a program reaches the controller that an address names.
@NullMarked
package dev.pharos.fleet;

import org.jspecify.annotations.NullMarked;
