// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

/// Why we close a connection.
public enum CloseReason {
    /// We are done, or stop.
    NORMAL,
    /// The peer sent something that is no Record (WebSocket: 1003, R-WS.16).
    NOT_A_RECORD,
    /// The same endpoint has connected anew; the new connection stays (R-WS.4).
    REPLACED,
    /// The peer is not who it says, or is not admitted.
    REFUSED,
    /// The peer does not take what we send.
    TOO_SLOW
}
