// SPDX-License-Identifier: Apache-2.0
/// Files on their way into a server, on its disk.
@NullMarked
package dev.pharos.server.spool;

import org.jspecify.annotations.NullMarked;
