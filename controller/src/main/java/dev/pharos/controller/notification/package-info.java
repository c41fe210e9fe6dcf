// SPDX-License-Identifier: Apache-2.0
/// Notifications of devices: stored first, acknowledged then.
@NullMarked
package dev.pharos.controller.notification;

import org.jspecify.annotations.NullMarked;
