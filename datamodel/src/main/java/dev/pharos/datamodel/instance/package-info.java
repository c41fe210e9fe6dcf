// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.datamodel.instance;

import org.jspecify.annotations.NullMarked;
