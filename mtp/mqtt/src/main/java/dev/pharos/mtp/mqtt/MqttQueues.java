// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

/// The bounds of what waits at one session.
///
/// @param maxRecordBytes the largest Record taken; a larger one is dropped
/// @param queuedRecords Records for one peer that the broker has not confirmed yet, before a send is refused
/// @param sessionBytes bytes for all peers that the broker has not confirmed yet, before a send is refused
public record MqttQueues(int maxRecordBytes, int queuedRecords, int sessionBytes) {
    private static final int MIB = 1024 * 1024;

    /// 5 MiB fit the full supported data model of a large gateway; the rest keeps one broker session within
    /// 64 MiB.
    public static final MqttQueues DEFAULT = new MqttQueues(5 * MIB, 256, 64 * MIB);

    public MqttQueues {
        if (maxRecordBytes < 1 || queuedRecords < 1 || sessionBytes < 1) {
            throw new IllegalArgumentException("bounds must be at least 1");
        }
    }
}
