// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.server.diagnostics;

import org.jspecify.annotations.NullMarked;
