// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.cwmp.rpc.SoapFaultCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fault of SOAP with that of CWMP inside, and codes with their texts elsewhere.
final class FaultCodec {
    private static final String CODE = "FaultCode";
    private static final String STRING = "FaultString";

    private FaultCodec() {}

    static FaultStruct struct(SoapCursor in) throws MalformedSoapException {
        FaultStruct fault = FaultStruct.NONE;
        while (in.nextChild()) {
            switch (in.name()) {
                case CODE -> fault = new FaultStruct(code(in), fault.faultString());
                case STRING -> fault = new FaultStruct(fault.faultCode(), in.text());
                default -> in.skip();
            }
        }
        return fault;
    }

    private static FaultCode code(SoapCursor in) throws MalformedSoapException {
        return FaultCode.of(Values.integer(in));
    }

    static void struct(SoapText out, String name, FaultStruct fault) {
        out.open(name);
        codeAndString(out, fault);
        out.close(name);
    }

    private static void codeAndString(SoapText out, FaultStruct fault) {
        out.number(CODE, fault.faultCode().code()).text(STRING, fault.faultString());
    }

    static CwmpFault read(SoapCursor in) throws MalformedSoapException {
        SoapFaultCode soapCode = SoapFaultCode.SERVER;
        String faultString = "";
        CwmpFault detail = null;
        while (in.nextChild()) {
            switch (in.name()) {
                case "faultcode" -> soapCode = SoapFaultCode.of(Values.token(in));
                case "faultstring" -> faultString = in.text();
                case "detail" -> detail = detail(in);
                default -> in.skip();
            }
        }
        // a fault of SOAP alone says why in its own text
        return detail == null
                ? new CwmpFault(soapCode, new FaultStruct(FaultCode.of(0), faultString), List.of())
                : new CwmpFault(soapCode, detail.fault(), detail.parameterFaults());
    }

    private static @Nullable CwmpFault detail(SoapCursor in) throws MalformedSoapException {
        CwmpFault detail = null;
        while (in.nextChild()) {
            if (in.name().equals("Fault")) {
                detail = cwmpFault(in);
            } else {
                in.skip();
            }
        }
        return detail;
    }

    private static CwmpFault cwmpFault(SoapCursor in) throws MalformedSoapException {
        FaultStruct fault = FaultStruct.NONE;
        List<ParameterFault> parameters = new ArrayList<>();
        while (in.nextChild()) {
            switch (in.name()) {
                case CODE -> fault = new FaultStruct(code(in), fault.faultString());
                case STRING -> fault = new FaultStruct(fault.faultCode(), in.text());
                case "SetParameterValuesFault" -> parameters.add(parameter(in));
                default -> in.skip();
            }
        }
        return CwmpFault.of(fault.faultCode(), fault.faultString(), parameters);
    }

    private static ParameterFault parameter(SoapCursor in) throws MalformedSoapException {
        String name = "";
        FaultStruct fault = FaultStruct.NONE;
        while (in.nextChild()) {
            switch (in.name()) {
                case "ParameterName" -> name = Values.token(in);
                case CODE -> fault = new FaultStruct(code(in), fault.faultString());
                case STRING -> fault = new FaultStruct(fault.faultCode(), in.text());
                default -> in.skip();
            }
        }
        return new ParameterFault(name, fault);
    }

    static void write(SoapText out, CwmpFault fault) {
        out.open("soap-env:Fault");
        out.text("faultcode", fault.soapCode().word()).text("faultstring", "CWMP fault");
        out.open("detail").open("cwmp:Fault");
        codeAndString(out, fault.fault());
        for (ParameterFault each : fault.parameterFaults()) {
            out.open("SetParameterValuesFault").text("ParameterName", each.parameterName());
            codeAndString(out, each.fault());
            out.close("SetParameterValuesFault");
        }
        out.close("cwmp:Fault").close("detail").close("soap-env:Fault");
    }
}
