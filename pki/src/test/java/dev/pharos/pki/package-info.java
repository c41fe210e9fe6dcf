// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.pki;

import org.jspecify.annotations.NullMarked;
