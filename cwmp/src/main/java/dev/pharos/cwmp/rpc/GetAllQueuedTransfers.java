// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Asks for all transfers that were not reported yet, also those that the ACS has not requested.
public record GetAllQueuedTransfers() implements AcsRequest<GetAllQueuedTransfersResponse> {
    @Override
    public String method() {
        return "GetAllQueuedTransfers";
    }

    @Override
    public Class<GetAllQueuedTransfersResponse> responseType() {
        return GetAllQueuedTransfersResponse.class;
    }
}
