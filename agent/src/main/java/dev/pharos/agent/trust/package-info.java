// SPDX-License-Identifier: Apache-2.0
/// Certificates that the agent knows, and what they make of a controller that presents one.
@NullMarked
package dev.pharos.agent.trust;

import org.jspecify.annotations.NullMarked;
