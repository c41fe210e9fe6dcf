// SPDX-License-Identifier: Apache-2.0
/// Threads and time: what all agents of a process share.
@NullMarked
package dev.pharos.agent.runtime;

import org.jspecify.annotations.NullMarked;
