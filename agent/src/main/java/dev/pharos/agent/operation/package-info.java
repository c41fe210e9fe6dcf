// SPDX-License-Identifier: Apache-2.0
/// One handler for each request of USP.
@NullMarked
package dev.pharos.agent.operation;

import org.jspecify.annotations.NullMarked;
