// SPDX-License-Identifier: Apache-2.0
/// Desired state: what profiles say must hold on which devices, which of them wins, and what is different.
@NullMarked
package dev.pharos.controller.profile;

import org.jspecify.annotations.NullMarked;
