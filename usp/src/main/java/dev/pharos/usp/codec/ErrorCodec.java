// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.FIXED32;
import static dev.pharos.usp.codec.WireReader.LEN;

import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspError.ParameterError;
import java.util.List;

/// The Error Message.
final class ErrorCodec {
    private static final int ERR_CODE = 1 << 3 | FIXED32;
    private static final int ERR_MSG = 2 << 3 | LEN;
    private static final int PARAM_ERRS = 3 << 3 | LEN;

    private ErrorCodec() {}

    static UspError read(WireReader in) throws MalformedInputException {
        int errCode = 0;
        String errMsg = "";
        List<ParameterError> errors = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case ERR_CODE -> errCode = in.fixed32();
                case ERR_MSG -> errMsg = in.string();
                case PARAM_ERRS -> errors = in.append(errors, in.nested(ErrorCodec::readParameterError));
                default -> in.skip();
            }
        }
        return new UspError(new Fault(ErrorCode.of(errCode), errMsg), errors);
    }

    private static ParameterError readParameterError(WireReader in) throws MalformedInputException {
        return FaultFields.readAtPath(in, ParameterError::new);
    }

    static void write(WireWriter out, UspError error) {
        FaultFields.write(out, error.fault());
        out.each(PARAM_ERRS, error.parameterErrors(), ErrorCodec::writeParameterError);
    }

    private static void writeParameterError(WireWriter out, ParameterError error) {
        FaultFields.writeAtPath(out, error.paramPath(), error.fault());
    }
}
