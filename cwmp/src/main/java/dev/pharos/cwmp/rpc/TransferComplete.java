// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Tells how a transfer that the ACS has asked for has ended.
public record TransferComplete(String commandKey, TransferOutcome outcome)
        implements CpeRequest<TransferCompleteResponse> {
    @Override
    public String method() {
        return "TransferComplete";
    }

    @Override
    public Class<TransferCompleteResponse> responseType() {
        return TransferCompleteResponse.class;
    }
}
