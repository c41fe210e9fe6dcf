// SPDX-License-Identifier: Apache-2.0
/// Links by which devices come without any login.
@NullMarked
package dev.pharos.server.link;

import org.jspecify.annotations.NullMarked;
