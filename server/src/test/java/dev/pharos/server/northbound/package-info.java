// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.server.northbound;

import org.jspecify.annotations.NullMarked;
