// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// An option that vouchers turn on, as OptionStruct (deprecated).
///
/// @param voucherSn the voucher's serial number, up to 2^32-1
public record OptionState(
        String optionName,
        long voucherSn,
        OptionSetup state,
        OptionMode mode,
        OptionPeriod period,
        boolean isTransferable) {}
