// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.requirements;

import org.jspecify.annotations.NullMarked;
