// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who does what waits for a device at this moment: a session of TR-069, or USP, and never both. Of this server
/// alone. Thread-safe.
final class Turns {
    private final Map<EndpointId, Integer> sessions = new HashMap<>();
    private final Set<EndpointId> overUsp = new HashSet<>();

    /// A session with the device has begun.
    synchronized void here(EndpointId device) {
        sessions.merge(device, 1, Integer::sum);
    }

    /// It is over.
    synchronized void gone(EndpointId device) {
        sessions.merge(device, -1, Integer::sum);
        sessions.remove(device, 0);
    }

    synchronized boolean isHere(EndpointId device) {
        return sessions.containsKey(device);
    }

    /// From now on what waits is done over USP.
    ///
    /// @return false where a session is under way, or somebody is at it over USP
    synchronized boolean begin(EndpointId device) {
        return !sessions.containsKey(device) && overUsp.add(device);
    }

    /// That is over.
    synchronized void end(EndpointId device) {
        overUsp.remove(device);
    }

    /// Whether what waits is being done over USP: a session that has begun meanwhile leaves it alone.
    synchronized boolean isOverUsp(EndpointId device) {
        return overUsp.contains(device);
    }
}
