// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.testkit;

import org.jspecify.annotations.NullMarked;
