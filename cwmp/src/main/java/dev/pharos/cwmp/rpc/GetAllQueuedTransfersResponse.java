// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// They are these, at most 16.
public record GetAllQueuedTransfersResponse(List<AnyQueuedTransfer> transferList) implements Response {
    public GetAllQueuedTransfersResponse {
        transferList = List.copyOf(transferList);
    }

    @Override
    public String method() {
        return "GetAllQueuedTransfers";
    }
}
