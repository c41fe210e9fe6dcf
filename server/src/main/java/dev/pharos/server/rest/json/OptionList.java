// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.rpc.GetOptionsResponse;
import dev.pharos.cwmp.rpc.OptionState;
import dev.pharos.cwmp.rpc.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Options that vouchers have switched on in a device of TR-069.
public record OptionList(List<DeviceOption> items) {

    /// @param voucher the number of the voucher that it came with
    /// @param enabled whether it is switched on
    /// @param setUp whether it is set up
    /// @param from since when, as the device says
    /// @param until when it ends; left out where it does not
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DeviceOption(
            String name,
            long voucher,
            boolean enabled,
            boolean setUp,
            String from,
            @Nullable String until,
            boolean transferable) {}

    public static OptionList of(Response answer) {
        if (!(answer instanceof GetOptionsResponse options)) {
            throw new IllegalArgumentException("no options: " + answer.method());
        }
        return new OptionList(options.optionList().stream().map(OptionList::of).toList());
    }

    private static DeviceOption of(OptionState option) {
        boolean enabled = switch (option.state()) {
            case ENABLED_NOT_SET_UP, ENABLED_SET_UP -> true;
            case DISABLED_NOT_SET_UP, DISABLED_SET_UP -> false;
        };
        boolean setUp = switch (option.state()) {
            case DISABLED_SET_UP, ENABLED_SET_UP -> true;
            case DISABLED_NOT_SET_UP, ENABLED_NOT_SET_UP -> false;
        };
        return new DeviceOption(
                option.optionName(),
                option.voucherSn(),
                enabled,
                setUp,
                option.period().startDate().text(),
                option.period().expirationDate().map(CwmpTime::text).orElse(null),
                option.isTransferable());
    }
}
