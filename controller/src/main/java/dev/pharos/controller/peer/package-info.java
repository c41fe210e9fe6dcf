// SPDX-License-Identifier: Apache-2.0
/// Devices as endpoints: their connections, the Records between us, and calls that wait for their answers.
@NullMarked
package dev.pharos.controller.peer;

import org.jspecify.annotations.NullMarked;
