// SPDX-License-Identifier: Apache-2.0
/// Campaigns: the same firmware to many devices in waves, each of which is a job, with thresholds, a second
/// person's
/// approval, a health gate between waves and the way back. See docs/campaigns.md.
@NullMarked
package dev.pharos.controller.campaign;

import org.jspecify.annotations.NullMarked;
