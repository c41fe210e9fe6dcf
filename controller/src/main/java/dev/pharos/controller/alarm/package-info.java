// SPDX-License-Identifier: Apache-2.0
/// What people want to be alarmed about, and what became of it. See docs/alarms.md.
@NullMarked
package dev.pharos.controller.alarm;

import org.jspecify.annotations.NullMarked;
