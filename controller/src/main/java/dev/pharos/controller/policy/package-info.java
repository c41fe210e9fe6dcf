// SPDX-License-Identifier: Apache-2.0
/// What an operator decides: who is let in, what is watched, and the bounds of it all.
@NullMarked
package dev.pharos.controller.policy;

import org.jspecify.annotations.NullMarked;
