// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.cwmp.CwmpTime;

/// The download is accepted.
///
/// @param status whether it is done and applied already; else a TransferComplete will tell
/// @param startTime unknown unless it is done
public record DownloadResponse(Status status, CwmpTime startTime, CwmpTime completeTime) implements Response {
    @Override
    public String method() {
        return "Download";
    }
}
