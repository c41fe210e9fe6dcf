// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.device.linux.files;

import org.jspecify.annotations.NullMarked;
