// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.usp.message;

import org.jspecify.annotations.NullMarked;
