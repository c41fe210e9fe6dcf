// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

/// Where something passed.
///
/// @param transport `websocket`, `mqtt` …; empty where it is not known
/// @param address of the peer, for people: `192.0.2.7:50312`, or a broker's topic
/// @param session of TR-069, by its number; empty elsewhere
public record WirePlace(String transport, String address, String session) {
    public WirePlace(String transport, String address) {
        this(transport, address, "");
    }
}
