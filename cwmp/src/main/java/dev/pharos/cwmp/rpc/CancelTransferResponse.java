// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// None with that key is left.
public record CancelTransferResponse() implements Response {
    @Override
    public String method() {
        return "CancelTransfer";
    }
}
