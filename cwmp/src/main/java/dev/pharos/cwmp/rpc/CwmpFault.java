// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.cwmp.FaultCode;
import java.util.List;

/// That a method failed as a whole.
///
/// @param soapCode who is to blame, in SOAP's words
/// @param fault the reason, in CWMP's; code 0 where a peer gave none
/// @param parameterFaults why a SetParameterValues failed, parameter by parameter
public record CwmpFault(SoapFaultCode soapCode, FaultStruct fault, List<ParameterFault> parameterFaults)
        implements Answer {
    public CwmpFault {
        parameterFaults = List.copyOf(parameterFaults);
    }

    public static CwmpFault of(FaultCode code, String faultString) {
        return new CwmpFault(blame(code), new FaultStruct(code, faultString), List.of());
    }

    public static CwmpFault of(FaultCode code, String faultString, List<ParameterFault> parameterFaults) {
        return new CwmpFault(blame(code), new FaultStruct(code, faultString), parameterFaults);
    }

    private static SoapFaultCode blame(FaultCode code) {
        return code.isOfClient() ? SoapFaultCode.CLIENT : SoapFaultCode.SERVER;
    }
}
