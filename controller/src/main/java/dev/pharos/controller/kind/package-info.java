// SPDX-License-Identifier: Apache-2.0
/// Kinds of devices: which of them do TR-069 otherwise than it is written, and in what. See docs/kinds.md.
@NullMarked
package dev.pharos.controller.kind;

import org.jspecify.annotations.NullMarked;
