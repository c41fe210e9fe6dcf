// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.cwmp;

import org.jspecify.annotations.NullMarked;
