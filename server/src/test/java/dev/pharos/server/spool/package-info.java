// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.server.spool;

import org.jspecify.annotations.NullMarked;
