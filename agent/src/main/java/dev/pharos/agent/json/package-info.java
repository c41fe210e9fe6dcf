// SPDX-License-Identifier: Apache-2.0
/// JSON that an agent writes: nothing is read here.
@NullMarked
package dev.pharos.agent.json;

import org.jspecify.annotations.NullMarked;
