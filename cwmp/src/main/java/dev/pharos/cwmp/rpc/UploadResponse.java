// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.cwmp.CwmpTime;

/// The upload is accepted.
///
/// @param status whether it is done already; else a TransferComplete will tell
/// @param startTime unknown unless it is done
public record UploadResponse(Status status, CwmpTime startTime, CwmpTime completeTime) implements Response {
    @Override
    public String method() {
        return "Upload";
    }
}
