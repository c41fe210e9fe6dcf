// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.Duration;

/// How the devices of a job are moved from TR-069 to USP.
///
/// @param transport by which they are to come: `ws`, `mqtt` or `stomp`
/// @param keepCwmp whether TR-069 stays as the reserve, instead of being switched off
/// @param settle how long USP has to hold before a device counts as moved
public record Crossing(String transport, boolean keepCwmp, Duration settle) {}
