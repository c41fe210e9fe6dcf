// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.controller.profile;

import org.jspecify.annotations.NullMarked;
