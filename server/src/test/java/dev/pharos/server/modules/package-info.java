// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.server.modules;

import org.jspecify.annotations.NullMarked;
