// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.datamodel.definition;

import org.jspecify.annotations.NullMarked;
