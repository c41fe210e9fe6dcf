// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.server;

import org.jspecify.annotations.NullMarked;
