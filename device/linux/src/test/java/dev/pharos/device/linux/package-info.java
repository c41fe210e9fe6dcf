// SPDX-License-Identifier: Apache-2.0
/// Tests of the Linux host.
@NullMarked
package dev.pharos.device.linux;

import org.jspecify.annotations.NullMarked;
