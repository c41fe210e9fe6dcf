// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.agent.runtime;

import org.jspecify.annotations.NullMarked;
