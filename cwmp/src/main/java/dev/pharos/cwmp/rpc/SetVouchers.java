// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.usp.Bytes;
import java.util.List;

/// Turns options on or off (deprecated).
///
/// @param voucherList signed vouchers, as the device understands them
public record SetVouchers(List<Bytes> voucherList) implements AcsRequest<SetVouchersResponse> {
    public SetVouchers {
        voucherList = List.copyOf(voucherList);
    }

    @Override
    public String method() {
        return "SetVouchers";
    }

    @Override
    public Class<SetVouchersResponse> responseType() {
        return SetVouchersResponse.class;
    }
}
