// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.controller.job;

import org.jspecify.annotations.NullMarked;
