// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.datamodel;

import org.jspecify.annotations.NullMarked;
