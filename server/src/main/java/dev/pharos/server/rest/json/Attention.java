// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.AttentionStore.Look;
import java.time.Instant;
import java.util.List;

/// What of the fleet needs a look.
///
/// @param asOf         when it was counted
/// @param lostLastHour devices that are offline, and were seen in the last hour
/// @param lostLastDay  those of the last day, the hour among them
/// @param errors       devices that could not be read when they came
/// @param waiting      devices that wait for approval
/// @param refused      attempts to connect that were refused in the last hour
/// @param reboots      devices that started in the last day by model and version, the most first
/// @param failingJobs  of the last day and those that go on, the newest first
public record Attention(
        String asOf,
        long devices,
        long online,
        long lostLastHour,
        long lostLastDay,
        long errors,
        long waiting,
        long refused,
        List<Reboots> reboots,
        List<FailingJob> failingJobs) {

    public static Attention of(Look look, Instant asOf) {
        return new Attention(
                asOf.toString(),
                look.devices(),
                look.online(),
                look.lostLastHour(),
                look.lostLastDay(),
                look.errors(),
                look.waiting(),
                look.refused(),
                look.reboots().stream()
                        .map(each -> new Reboots(each.model(), each.software(), each.devices(), each.starts()))
                        .toList(),
                look.jobs().stream()
                        .map(job -> new FailingJob(
                                job.id(), job.name(), job.open(), job.failed(), job.uncertain(), job.devices()))
                        .toList());
    }

    /// Devices of one model and version that started, and how often altogether.
    public record Reboots(String model, String software, long devices, long starts) {}

    /// A job of which a device failed, or of which nobody knows.
    ///
    /// @param open whether it goes on
    public record FailingJob(long id, String name, boolean open, long failed, long uncertain, long devices) {}
}
