// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the server is, for the summary and for those who look after it.
///
/// @param listeners transport to address
/// @param page where the page is, once it is there
public record ServerFacts(String version, Map<String, String> listeners, Supplier<String> page, Place place) {
    public ServerFacts {
        listeners = Map.copyOf(listeners);
    }

    /// Where and since when it runs.
    ///
    /// @param name what tells it from other servers over the same database
    /// @param data the folder of what it keeps
    /// @param ownDatabase whether it runs PostgreSQL itself
    /// @param certificate the file of the certificate that it shows wherever it speaks TLS
    /// @param brokers whether our session stands, by the name of the broker's listener
    public record Place(
            String name,
            Instant started,
            Path data,
            boolean ownDatabase,
            Optional<Path> certificate,
            Map<String, BooleanSupplier> brokers) {
        public Place {
            brokers = Map.copyOf(brokers);
        }
    }
}
