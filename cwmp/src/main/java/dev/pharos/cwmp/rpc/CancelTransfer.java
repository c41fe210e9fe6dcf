// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Gives up the transfers with this CommandKey.
public record CancelTransfer(String commandKey) implements AcsRequest<CancelTransferResponse> {
    @Override
    public String method() {
        return "CancelTransfer";
    }

    @Override
    public Class<CancelTransferResponse> responseType() {
        return CancelTransferResponse.class;
    }
}
