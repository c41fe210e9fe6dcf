// SPDX-License-Identifier: Apache-2.0
/// Kinds of devices as files: those that ship with the server, and those of the operator.
@NullMarked
package dev.pharos.server.kind;

import org.jspecify.annotations.NullMarked;
