// SPDX-License-Identifier: Apache-2.0
/// Everything that the server keeps in one file, and back.
@NullMarked
package dev.pharos.server.backup;

import org.jspecify.annotations.NullMarked;
