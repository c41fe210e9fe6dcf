// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.GetOptions;
import dev.pharos.cwmp.rpc.GetOptionsResponse;
import dev.pharos.cwmp.rpc.OptionMode;
import dev.pharos.cwmp.rpc.OptionPeriod;
import dev.pharos.cwmp.rpc.OptionSetup;
import dev.pharos.cwmp.rpc.OptionState;
import dev.pharos.cwmp.rpc.SetVouchers;
import dev.pharos.usp.Bytes;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The deprecated methods about vouchers and what they turn on.
final class OptionCodec {
    private OptionCodec() {}

    static SetVouchers setVouchers(SoapCursor in) throws MalformedSoapException {
        List<Bytes> vouchers = List.of();
        while (in.nextChild()) {
            if (in.name().equals("VoucherList")) {
                vouchers = Values.list(in, OptionCodec::voucher);
            } else {
                in.skip();
            }
        }
        return new SetVouchers(vouchers);
    }

    private static Bytes voucher(SoapCursor in) throws MalformedSoapException {
        try {
            return Bytes.adopt(Base64.getMimeDecoder().decode(in.text()));
        } catch (IllegalArgumentException noBase64) {
            throw in.wrong("a voucher is not base64");
        }
    }

    static void write(SoapText out, SetVouchers set) {
        out.array(
                "VoucherList",
                "soap-enc:base64",
                set.voucherList(),
                (o, each) -> o.text("base64", Base64.getEncoder().encodeToString(each.toByteArray())));
    }

    static GetOptions getOptions(SoapCursor in) throws MalformedSoapException {
        String optionName = "";
        while (in.nextChild()) {
            if (in.name().equals("OptionName")) {
                optionName = in.text();
            } else {
                in.skip();
            }
        }
        return new GetOptions(optionName);
    }

    static GetOptionsResponse options(SoapCursor in) throws MalformedSoapException {
        List<OptionState> options = List.of();
        while (in.nextChild()) {
            if (in.name().equals("OptionList")) {
                options = Values.list(in, OptionCodec::option);
            } else {
                in.skip();
            }
        }
        return new GetOptionsResponse(options);
    }

    private static OptionState option(SoapCursor in) throws MalformedSoapException {
        String optionName = "";
        long voucherSn = 0;
        OptionSetup state = OptionSetup.DISABLED_NOT_SET_UP;
        OptionMode mode = OptionMode.DISABLED;
        CwmpTime startDate = CwmpTime.UNKNOWN;
        Optional<CwmpTime> expirationDate = Optional.empty();
        boolean isTransferable = false;
        while (in.nextChild()) {
            switch (in.name()) {
                case "OptionName" -> optionName = in.text();
                case "VoucherSN" -> voucherSn = Values.unsigned(in);
                case "State" -> state = Values.numbered(in, OptionSetup.values(), 0);
                case "Mode" -> mode = Values.numbered(in, OptionMode.values(), 0);
                case "StartDate" -> startDate = Values.time(in);
                case "ExpirationDate" -> expirationDate = Optional.of(Values.time(in));
                case "IsTransferable" -> isTransferable = Values.flag(in);
                default -> in.skip();
            }
        }
        OptionPeriod period = new OptionPeriod(startDate, expirationDate);
        return new OptionState(optionName, voucherSn, state, mode, period, isTransferable);
    }

    static void write(SoapText out, GetOptionsResponse response) {
        out.structs("OptionList", "OptionStruct", response.optionList(), (o, each) -> {
            o.text("OptionName", each.optionName()).number("VoucherSN", each.voucherSn());
            o.number("State", each.state().number()).number("Mode", each.mode().number());
            o.time("StartDate", each.period().startDate());
            each.period().expirationDate().ifPresent(date -> o.time("ExpirationDate", date));
            o.flag("IsTransferable", each.isTransferable());
        });
    }
}
