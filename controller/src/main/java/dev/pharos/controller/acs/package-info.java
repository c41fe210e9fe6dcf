// SPDX-License-Identifier: Apache-2.0
/// Devices that are managed over TR-069: the same inventory, twins and events as those of USP, and errands that wait
/// for
/// their next session.
@NullMarked
package dev.pharos.controller.acs;

import org.jspecify.annotations.NullMarked;
