// SPDX-License-Identifier: Apache-2.0
/// What an agent is told when it is made, and the bounds it keeps.
@NullMarked
package dev.pharos.agent.config;

import org.jspecify.annotations.NullMarked;
