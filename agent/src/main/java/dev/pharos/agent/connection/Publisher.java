// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.connection;

import dev.pharos.mtp.Publication;
import java.io.IOException;

/// Publishes over the sessions that an agent has at MQTT brokers.
@FunctionalInterface
public interface Publisher {
    /// Of an agent that has none, or none yet.
    Publisher NOWHERE = (client, publication) -> {
        throw new IOException("no session at the broker");
    };

    /// Waits until the broker has taken it.
    ///
    /// @param client the path of a row of `Device.MQTT.Client.`
    /// @throws IOException where it was not taken, or no session is up
    void publish(String client, Publication publication) throws IOException, InterruptedException;
}
