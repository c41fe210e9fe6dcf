// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import java.util.Map;

/// What the server is, for the summary.
///
/// @param listeners transport to address
public record ServerFacts(String version, Map<String, String> listeners) {
    public ServerFacts {
        listeners = Map.copyOf(listeners);
    }
}
