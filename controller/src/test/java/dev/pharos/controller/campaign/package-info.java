// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.controller.campaign;

import org.jspecify.annotations.NullMarked;
