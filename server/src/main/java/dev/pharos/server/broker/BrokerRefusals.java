// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

/// Told whom the broker did not let in, or not let do something. Called from network threads: must not block.
@FunctionalInterface
public interface BrokerRefusals {

    /// @param transport what the client spoke, `mqtt` or `stomp`
    /// @param address where the client is, `host:port`
    void refused(String transport, String address, String reason);
}
