// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The download is accepted; a TransferComplete will tell how it went.
public record ScheduleDownloadResponse() implements Response {
    @Override
    public String method() {
        return "ScheduleDownload";
    }
}
