// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.Duration;

/// How the devices of a job are moved from TR-069 to USP.
///
/// @param transport by which they are to come: `ws`, `mqtt` or `stomp`
/// @param keepCwmp whether TR-069 stays as the reserve, instead of being switched off
/// @param settle how long USP has to hold before a device counts as moved
/// @param byNetwork whether the network tells devices the way, as by DHCP, and nothing is written to them for it
public record Crossing(String transport, boolean keepCwmp, Duration settle, boolean byNetwork) {}
