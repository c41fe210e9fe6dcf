// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.agent.broker;

import org.jspecify.annotations.NullMarked;
