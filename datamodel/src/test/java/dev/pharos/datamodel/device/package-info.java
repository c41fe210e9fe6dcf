// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.datamodel.device;

import org.jspecify.annotations.NullMarked;
