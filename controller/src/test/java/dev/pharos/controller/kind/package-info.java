// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.controller.kind;

import org.jspecify.annotations.NullMarked;
