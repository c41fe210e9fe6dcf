// SPDX-License-Identifier: Apache-2.0
/// The agent as it ships, in a process of its own, against an endpoint that gives every Record back.
@NullMarked
package dev.pharos.bench.agent;

import org.jspecify.annotations.NullMarked;
