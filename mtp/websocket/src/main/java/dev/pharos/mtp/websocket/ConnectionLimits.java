// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import java.time.Duration;

/// The bounds of one WebSocket session.
///
/// @param maxRecordBytes the largest Record taken from the peer; a larger one ends the session with Close
///     1009
/// @param queuedRecords Records that may wait for the peer before a send is refused
/// @param queuedBytes bytes that may wait for the peer before a send is refused; an empty queue takes a
///     Record of any size
/// @param pingInterval time between Ping frames (R-WS.17, R-WS.18); a session is taken for dead when nothing
///     at all came between a Ping and the next. At least 100 ms
public record ConnectionLimits(int maxRecordBytes, int queuedRecords, int queuedBytes, Duration pingInterval) {
    private static final int MIB = 1024 * 1024;

    /// 5 MiB fit the full supported data model of a large gateway; 256 Records and 8 MiB are more than a peer
    /// that still reads leaves waiting; 60 s is TR-181's keep-alive interval.
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(5 * MIB, 256, 8 * MIB, Duration.ofSeconds(60));

    public ConnectionLimits {
        if (maxRecordBytes < 1 || queuedRecords < 1 || queuedBytes < 1) {
            throw new IllegalArgumentException("bounds must be at least 1");
        }
        if (pingInterval.toMillis() < 100) {
            throw new IllegalArgumentException("ping interval must be at least 100 ms: " + pingInterval);
        }
    }

    public ConnectionLimits withPingInterval(Duration interval) {
        return new ConnectionLimits(maxRecordBytes, queuedRecords, queuedBytes, interval);
    }

    public ConnectionLimits withMaxRecordBytes(int bytes) {
        return new ConnectionLimits(bytes, queuedRecords, queuedBytes, pingInterval);
    }

    public ConnectionLimits withQueue(int records, int bytes) {
        return new ConnectionLimits(maxRecordBytes, records, bytes, pingInterval);
    }
}
