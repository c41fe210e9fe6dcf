// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The vouchers were taken.
public record SetVouchersResponse() implements Response {
    @Override
    public String method() {
        return "SetVouchers";
    }
}
