// SPDX-License-Identifier: Apache-2.0
/// Deployment units as archives: what they say of themselves, and how they get onto the disk.
@NullMarked
package dev.pharos.device.modules.unit;

import org.jspecify.annotations.NullMarked;
