// SPDX-License-Identifier: Apache-2.0
/// The embedded PostgreSQL: a real one, unpacked, initialised, started, watched and stopped by the server in its own
/// data folder.
@NullMarked
package dev.pharos.server.postgres;

import org.jspecify.annotations.NullMarked;
