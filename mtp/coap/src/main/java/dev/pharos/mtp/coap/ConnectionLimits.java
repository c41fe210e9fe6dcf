// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

/// The bounds of what goes to and comes from one peer.
///
/// @param maxRecordBytes the largest Record taken from a peer; a larger one is answered with 4.13
/// @param queuedRecords Records that may wait for the peer before a send is refused
/// @param queuedBytes bytes that may wait for the peer before a send is refused; an empty queue takes a
///     Record of any size
public record ConnectionLimits(int maxRecordBytes, int queuedRecords, int queuedBytes) {
    private static final int MIB = 1024 * 1024;
    private static final int LARGEST_RECORD = 64 * MIB;

    /// 5 MiB fit the full supported data model of a large gateway; 256 Records and 8 MiB are more than a peer
    /// that still reads leaves waiting.
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(5 * MIB, 256, 8 * MIB);

    public ConnectionLimits {
        if (maxRecordBytes < 1 || maxRecordBytes > LARGEST_RECORD || queuedRecords < 1 || queuedBytes < 1) {
            throw new IllegalArgumentException("bounds must be at least 1, a Record at most 64 MiB");
        }
    }
}
