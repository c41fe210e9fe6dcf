// SPDX-License-Identifier: Apache-2.0
/// Containers: what a runtime of the OCI is told of them, and whether this host can run any.
@NullMarked
package dev.pharos.device.modules.container;

import org.jspecify.annotations.NullMarked;
