// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;

/// Why a call of an ACS fails as a whole. It carries no stack trace, since it is an answer and not a defect.
final class CallFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CwmpFault fault;

    CallFault(StandardFaultCode code, String detail) {
        this(code, detail, List.of());
    }

    CallFault(StandardFaultCode code, String detail, List<ParameterFault> parameters) {
        super(detail, null, false, false);
        this.fault = CwmpFault.of(code, detail, parameters);
    }

    /// The same, of what the data model refuses.
    CallFault(UspException refused) {
        this(code(refused.code()), refused.fault().errMsg());
    }

    CwmpFault fault() {
        return fault;
    }

    /// The code of TR-069 for what the data model says in those of TR-369.
    static StandardFaultCode code(ErrorCode code) {
        if (!(code instanceof StandardErrorCode standard)) {
            return StandardFaultCode.INTERNAL_ERROR;
        }
        return switch (standard) {
            case REQUEST_DENIED, PERMISSION_DENIED, DELETE_FAILURE -> StandardFaultCode.REQUEST_DENIED;
            case INVALID_ARGUMENTS, INVALID_COMMAND_ARGUMENTS -> StandardFaultCode.INVALID_ARGUMENTS;
            case RESOURCES_EXCEEDED -> StandardFaultCode.RESOURCES_EXCEEDED;
            case INVALID_PATH_SYNTAX,
                    UNSUPPORTED_PARAMETER,
                    OBJECT_DOES_NOT_EXIST,
                    OBJECT_IS_NOT_A_TABLE,
                    NON_CREATABLE_OBJECT,
                    INVALID_PATH -> StandardFaultCode.INVALID_PARAMETER_NAME;
            case INVALID_TYPE -> StandardFaultCode.INVALID_PARAMETER_TYPE;
            case INVALID_VALUE, VALUE_CONFLICT, DUPLICATE_KEY -> StandardFaultCode.INVALID_PARAMETER_VALUE;
            case NON_WRITEABLE_PARAMETER -> StandardFaultCode.NON_WRITABLE_PARAMETER;
            default -> StandardFaultCode.INTERNAL_ERROR;
        };
    }
}
