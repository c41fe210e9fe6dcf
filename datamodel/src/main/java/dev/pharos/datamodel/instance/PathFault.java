// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.instance;

import dev.pharos.usp.Fault;

/// What keeps a transaction from being committed, and where.
///
/// @param path the parameter that is to blame, or an object with trailing dot where no single parameter is
public record PathFault(String path, Fault fault) {}
