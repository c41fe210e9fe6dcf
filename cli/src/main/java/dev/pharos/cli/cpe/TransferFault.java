// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.device.firmware.FileProblem;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Optional;

/// Why a file did not come or go, by those fault codes that a TransferComplete may have.
final class TransferFault {
    private TransferFault() {}

    static FaultStruct of(boolean upload, UspException failed) {
        String why = failed.fault().errMsg();
        return new FaultStruct(code(upload, failed), why.substring(0, Math.min(why.length(), Limits.FAULT_CHARACTERS)));
    }

    /// Of what has no cause that can be told apart.
    static FaultCode general(boolean upload) {
        return upload ? StandardFaultCode.UPLOAD_FAILURE : StandardFaultCode.FILE_TRANSFER_FAILURE;
    }

    private static FaultCode code(boolean upload, UspException failed) {
        Optional<FileProblem> problem = FileProblem.of(failed);
        if (problem.isEmpty()) {
            return failed.code() == StandardErrorCode.INTERNAL_ERROR
                    ? StandardFaultCode.INTERNAL_ERROR
                    : general(upload);
        }
        return switch (problem.get()) {
            case UNREACHABLE -> StandardFaultCode.UNABLE_TO_CONTACT_FILE_SERVER;
            case INSECURE, LOGIN -> StandardFaultCode.FILE_SERVER_AUTHENTICATION_FAILURE;
            case BUSY, WITHHELD -> upload ? general(true) : StandardFaultCode.UNABLE_TO_ACCESS_FILE;
            case BROKEN_OFF -> upload ? general(true) : StandardFaultCode.UNABLE_TO_COMPLETE_DOWNLOAD;
            case UNUSABLE -> StandardFaultCode.FILE_CORRUPTED;
            case UNSIGNED -> StandardFaultCode.FILE_AUTHENTICATION_FAILURE;
            case NO_ROOM -> general(upload);
        };
    }
}
