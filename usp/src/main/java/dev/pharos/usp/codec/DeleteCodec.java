// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.DeleteResponse.DeletedObjectResult;
import dev.pharos.usp.message.DeleteResponse.OperationFailure;
import dev.pharos.usp.message.DeleteResponse.OperationStatus;
import dev.pharos.usp.message.DeleteResponse.OperationSuccess;
import dev.pharos.usp.message.DeleteResponse.UnaffectedPathError;
import java.util.List;

/// Delete and DeleteResp.
final class DeleteCodec {
    private static final int ALLOW_PARTIAL = 1 << 3 | VARINT;
    private static final int OBJ_PATHS = 2 << 3 | LEN;

    private static final int DELETED_OBJ_RESULTS = 1 << 3 | LEN;

    private static final int AFFECTED_PATHS = 1 << 3 | LEN;
    private static final int UNAFFECTED_PATH_ERRS = 2 << 3 | LEN;

    private DeleteCodec() {}

    static DeleteRequest readRequest(WireReader in) throws MalformedInputException {
        boolean allowPartial = false;
        List<String> paths = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case ALLOW_PARTIAL -> allowPartial = in.bool();
                case OBJ_PATHS -> paths = in.append(paths, in.string());
                default -> in.skip();
            }
        }
        return new DeleteRequest(allowPartial, paths);
    }

    static void writeRequest(WireWriter out, DeleteRequest request) {
        out.bool(ALLOW_PARTIAL, request.allowPartial());
        out.strings(OBJ_PATHS, request.objPaths());
    }

    static DeleteResponse readResponse(WireReader in) throws MalformedInputException {
        List<DeletedObjectResult> results = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case DELETED_OBJ_RESULTS -> results = in.append(results, in.nested(DeleteCodec::readResult));
                default -> in.skip();
            }
        }
        return new DeleteResponse(results);
    }

    private static DeletedObjectResult readResult(WireReader in) throws MalformedInputException {
        return ResultFields.<OperationStatus, DeletedObjectResult>read(
                in,
                failure -> new OperationFailure(FaultFields.read(failure)),
                DeleteCodec::readSuccess,
                DeletedObjectResult::new);
    }

    private static OperationSuccess readSuccess(WireReader in) throws MalformedInputException {
        List<String> affected = List.of();
        List<UnaffectedPathError> unaffected = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case AFFECTED_PATHS -> affected = in.append(affected, in.string());
                case UNAFFECTED_PATH_ERRS ->
                    unaffected = in.append(unaffected, in.nested(DeleteCodec::readUnaffectedPath));
                default -> in.skip();
            }
        }
        return new OperationSuccess(affected, unaffected);
    }

    private static UnaffectedPathError readUnaffectedPath(WireReader in) throws MalformedInputException {
        return FaultFields.readAtPath(in, UnaffectedPathError::new);
    }

    static void writeResponse(WireWriter out, DeleteResponse response) {
        out.each(DELETED_OBJ_RESULTS, response.deletedObjectResults(), DeleteCodec::writeResult);
    }

    private static void writeResult(WireWriter out, DeletedObjectResult result) {
        ResultFields.write(out, result.requestedPath(), result.operationStatus(), DeleteCodec::writeStatus);
    }

    private static void writeStatus(WireWriter out, OperationStatus status) {
        switch (status) {
            case OperationFailure failure -> out.nested(ResultFields.OPER_FAILURE, failure.fault(), FaultFields::write);
            case OperationSuccess success -> out.nested(ResultFields.OPER_SUCCESS, success, DeleteCodec::writeSuccess);
        }
    }

    private static void writeSuccess(WireWriter out, OperationSuccess success) {
        out.strings(AFFECTED_PATHS, success.affectedPaths());
        out.each(UNAFFECTED_PATH_ERRS, success.unaffectedPathErrors(), DeleteCodec::writeUnaffectedPath);
    }

    private static void writeUnaffectedPath(WireWriter out, UnaffectedPathError error) {
        FaultFields.writeAtPath(out, error.unaffectedPath(), error.fault());
    }
}
