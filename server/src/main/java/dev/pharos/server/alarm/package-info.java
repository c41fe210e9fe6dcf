// SPDX-License-Identifier: Apache-2.0
/// Looks for what people want to be alarmed about. See docs/alarms.md.
@NullMarked
package dev.pharos.server.alarm;

import org.jspecify.annotations.NullMarked;
