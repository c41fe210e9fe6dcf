// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.RegisterResponse;
import dev.pharos.usp.message.RegisterResponse.OperationFailure;
import dev.pharos.usp.message.RegisterResponse.OperationStatus;
import dev.pharos.usp.message.RegisterResponse.OperationSuccess;
import dev.pharos.usp.message.RegisterResponse.RegisteredPathResult;
import java.util.List;

/// Register and RegisterResp.
final class RegisterCodec {
    private static final int ALLOW_PARTIAL = 1 << 3 | VARINT;
    private static final int REG_PATHS = 2 << 3 | LEN;
    private static final int PATH = 1 << 3 | LEN;

    private static final int REGISTERED_PATH_RESULTS = 1 << 3 | LEN;
    private static final int REGISTERED_PATH = 1 << 3 | LEN;

    private RegisterCodec() {}

    static RegisterRequest readRequest(WireReader in) throws MalformedInputException {
        boolean allowPartial = false;
        List<String> paths = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case ALLOW_PARTIAL -> allowPartial = in.bool();
                case REG_PATHS -> paths = in.append(paths, in.nested(RegisterCodec::readPath));
                default -> in.skip();
            }
        }
        return new RegisterRequest(allowPartial, paths);
    }

    /// `{path = 1}`, which both RegistrationPath and the OperationSuccess of a RegisterResp are.
    private static String readPath(WireReader in) throws MalformedInputException {
        String path = "";
        while (in.next()) {
            switch (in.tag()) {
                case PATH -> path = in.string();
                default -> in.skip();
            }
        }
        return path;
    }

    static void writeRequest(WireWriter out, RegisterRequest request) {
        out.bool(ALLOW_PARTIAL, request.allowPartial());
        out.each(REG_PATHS, request.paths(), (nested, path) -> nested.string(PATH, path));
    }

    static RegisterResponse readResponse(WireReader in) throws MalformedInputException {
        List<RegisteredPathResult> results = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case REGISTERED_PATH_RESULTS -> results = in.append(results, in.nested(RegisterCodec::readResult));
                default -> in.skip();
            }
        }
        return new RegisterResponse(results);
    }

    private static RegisteredPathResult readResult(WireReader in) throws MalformedInputException {
        return ResultFields.<OperationStatus, RegisteredPathResult>read(
                in,
                failure -> new OperationFailure(FaultFields.read(failure)),
                success -> new OperationSuccess(readPath(success)),
                RegisteredPathResult::new);
    }

    static void writeResponse(WireWriter out, RegisterResponse response) {
        out.each(REGISTERED_PATH_RESULTS, response.registeredPathResults(), RegisterCodec::writeResult);
    }

    private static void writeResult(WireWriter out, RegisteredPathResult result) {
        ResultFields.write(out, result.requestedPath(), result.operationStatus(), RegisterCodec::writeStatus);
    }

    private static void writeStatus(WireWriter out, OperationStatus status) {
        switch (status) {
            case OperationFailure failure -> out.nested(ResultFields.OPER_FAILURE, failure.fault(), FaultFields::write);
            case OperationSuccess success ->
                out.nested(
                        ResultFields.OPER_SUCCESS,
                        success.registeredPath(),
                        (nested, path) -> nested.string(REGISTERED_PATH, path));
        }
    }
}
