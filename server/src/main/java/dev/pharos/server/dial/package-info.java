// SPDX-License-Identifier: Apache-2.0
/// Devices that listen for us, and are dialled in place of dialling us.
@NullMarked
package dev.pharos.server.dial;

import org.jspecify.annotations.NullMarked;
