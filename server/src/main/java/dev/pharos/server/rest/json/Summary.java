// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.Map;

/// The state of the server on one line.
///
/// @param listeners transport to address
public record Summary(
        long devices,
        long online,
        long refusedLastHour,
        long eventsLastHour,
        String version,
        String endpointId,
        Map<String, String> listeners) {}
