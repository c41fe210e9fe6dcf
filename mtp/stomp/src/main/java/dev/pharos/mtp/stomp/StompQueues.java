// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

/// The bounds of what waits at one session.
///
/// @param maxRecordBytes the largest Record taken; a larger one is dropped
/// @param queuedRecords Records for one peer that the socket has not taken yet, before a send is refused
/// @param sessionBytes bytes for all peers that the socket has not taken yet, before a send is refused
public record StompQueues(int maxRecordBytes, int queuedRecords, int sessionBytes) {
    private static final int MIB = 1024 * 1024;

    /// 5 MiB fit the full supported data model of a large gateway; the rest keeps one broker session within
    /// 64 MiB.
    public static final StompQueues DEFAULT = new StompQueues(5 * MIB, 256, 64 * MIB);

    public StompQueues {
        if (maxRecordBytes < 1 || queuedRecords < 1 || sessionBytes < 1) {
            throw new IllegalArgumentException("bounds must be at least 1");
        }
    }
}
