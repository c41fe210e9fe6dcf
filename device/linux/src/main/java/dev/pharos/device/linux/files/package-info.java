// SPDX-License-Identifier: Apache-2.0
/// Files of this host that its operator lets management see: configurations and logs.
@NullMarked
package dev.pharos.device.linux.files;

import org.jspecify.annotations.NullMarked;
