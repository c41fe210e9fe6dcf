// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.controller.migration;

import org.jspecify.annotations.NullMarked;
