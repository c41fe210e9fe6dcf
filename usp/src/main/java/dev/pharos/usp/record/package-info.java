// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.usp.record;

import org.jspecify.annotations.NullMarked;
