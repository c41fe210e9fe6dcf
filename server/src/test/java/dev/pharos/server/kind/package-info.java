// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.server.kind;

import org.jspecify.annotations.NullMarked;
