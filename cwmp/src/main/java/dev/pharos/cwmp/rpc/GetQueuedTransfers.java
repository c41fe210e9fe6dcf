// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Asks for transfers that were requested and not reported yet (deprecated).
public record GetQueuedTransfers() implements AcsRequest<GetQueuedTransfersResponse> {
    @Override
    public String method() {
        return "GetQueuedTransfers";
    }

    @Override
    public Class<GetQueuedTransfersResponse> responseType() {
        return GetQueuedTransfersResponse.class;
    }
}
