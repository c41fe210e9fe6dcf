// SPDX-License-Identifier: Apache-2.0
/// The controllers an agent talks to: Records in, Records out, in order.
@NullMarked
package dev.pharos.agent.peer;

import org.jspecify.annotations.NullMarked;
