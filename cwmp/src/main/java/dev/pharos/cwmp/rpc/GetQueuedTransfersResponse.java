// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// They are these, at most 16.
public record GetQueuedTransfersResponse(List<QueuedTransfer> transferList) implements Response {
    public GetQueuedTransfersResponse {
        transferList = List.copyOf(transferList);
    }

    @Override
    public String method() {
        return "GetQueuedTransfers";
    }
}
