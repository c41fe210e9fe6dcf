// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// Has the device fetch a file and apply it within one of up to two windows of time.
///
/// @param fileType as for [Download]
public record ScheduleDownload(
        String commandKey, String fileType, FileLocation location, TargetFile target, List<TimeWindow> timeWindows)
        implements AcsRequest<ScheduleDownloadResponse> {
    public ScheduleDownload {
        timeWindows = List.copyOf(timeWindows);
    }

    @Override
    public String method() {
        return "ScheduleDownload";
    }

    @Override
    public Class<ScheduleDownloadResponse> responseType() {
        return ScheduleDownloadResponse.class;
    }
}
