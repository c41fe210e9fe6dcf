// SPDX-License-Identifier: Apache-2.0
/// How well the devices of the fleet are, looked at again and again.
@NullMarked
package dev.pharos.server.health;

import org.jspecify.annotations.NullMarked;
