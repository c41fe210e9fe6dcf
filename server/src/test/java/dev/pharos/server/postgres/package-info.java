// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.server.postgres;

import org.jspecify.annotations.NullMarked;
