// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.FIXED32;
import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.SetResponse.OperationFailure;
import dev.pharos.usp.message.SetResponse.OperationStatus;
import dev.pharos.usp.message.SetResponse.OperationSuccess;
import dev.pharos.usp.message.SetResponse.UpdatedInstanceFailure;
import dev.pharos.usp.message.SetResponse.UpdatedInstanceResult;
import dev.pharos.usp.message.SetResponse.UpdatedObjectResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Set and SetResp.
final class SetCodec {
    private static final int ALLOW_PARTIAL = 1 << 3 | VARINT;
    private static final int UPDATE_OBJS = 2 << 3 | LEN;

    private static final int OBJ_PATH = 1 << 3 | LEN;
    private static final int PARAM_SETTINGS = 2 << 3 | LEN;

    private static final int UPDATED_OBJ_RESULTS = 1 << 3 | LEN;

    private static final int ERR_CODE = 1 << 3 | FIXED32;
    private static final int ERR_MSG = 2 << 3 | LEN;
    private static final int UPDATED_INST_FAILURES = 3 << 3 | LEN;

    private static final int UPDATED_INST_RESULTS = 1 << 3 | LEN;

    private static final int AFFECTED_PATH = 1 << 3 | LEN;
    private static final int PARAM_ERRS = 2 << 3 | LEN;
    private static final int UPDATED_PARAMS = 3 << 3 | LEN;

    private SetCodec() {}

    static SetRequest readRequest(WireReader in) throws MalformedInputException {
        boolean allowPartial = false;
        List<UpdateObject> objects = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case ALLOW_PARTIAL -> allowPartial = in.bool();
                case UPDATE_OBJS -> objects = in.append(objects, in.nested(SetCodec::readObject));
                default -> in.skip();
            }
        }
        return new SetRequest(allowPartial, objects);
    }

    private static UpdateObject readObject(WireReader in) throws MalformedInputException {
        String path = "";
        List<ParameterSetting> settings = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case OBJ_PATH -> path = in.string();
                case PARAM_SETTINGS -> settings = in.append(settings, in.nested(ParameterFields::readSetting));
                default -> in.skip();
            }
        }
        return new UpdateObject(path, settings);
    }

    static void writeRequest(WireWriter out, SetRequest request) {
        out.bool(ALLOW_PARTIAL, request.allowPartial());
        out.each(UPDATE_OBJS, request.updateObjects(), SetCodec::writeObject);
    }

    private static void writeObject(WireWriter out, UpdateObject object) {
        out.string(OBJ_PATH, object.objPath());
        out.each(PARAM_SETTINGS, object.paramSettings(), ParameterFields::writeSetting);
    }

    static SetResponse readResponse(WireReader in) throws MalformedInputException {
        List<UpdatedObjectResult> results = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case UPDATED_OBJ_RESULTS -> results = in.append(results, in.nested(SetCodec::readResult));
                default -> in.skip();
            }
        }
        return new SetResponse(results);
    }

    private static UpdatedObjectResult readResult(WireReader in) throws MalformedInputException {
        return ResultFields.<OperationStatus, UpdatedObjectResult>read(
                in, SetCodec::readFailure, SetCodec::readSuccess, UpdatedObjectResult::new);
    }

    private static OperationFailure readFailure(WireReader in) throws MalformedInputException {
        int errCode = 0;
        String errMsg = "";
        List<UpdatedInstanceFailure> failures = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case ERR_CODE -> errCode = in.fixed32();
                case ERR_MSG -> errMsg = in.string();
                case UPDATED_INST_FAILURES -> failures = in.append(failures, in.nested(SetCodec::readInstanceFailure));
                default -> in.skip();
            }
        }
        return new OperationFailure(new Fault(ErrorCode.of(errCode), errMsg), failures);
    }

    private static UpdatedInstanceFailure readInstanceFailure(WireReader in) throws MalformedInputException {
        String path = "";
        List<ParameterError> errors = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case AFFECTED_PATH -> path = in.string();
                case PARAM_ERRS -> errors = in.append(errors, in.nested(ParameterFields::readError));
                default -> in.skip();
            }
        }
        return new UpdatedInstanceFailure(path, errors);
    }

    private static OperationSuccess readSuccess(WireReader in) throws MalformedInputException {
        List<UpdatedInstanceResult> results = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case UPDATED_INST_RESULTS -> results = in.append(results, in.nested(SetCodec::readInstanceResult));
                default -> in.skip();
            }
        }
        return new OperationSuccess(results);
    }

    private static UpdatedInstanceResult readInstanceResult(WireReader in) throws MalformedInputException {
        String path = "";
        List<ParameterError> errors = List.of();
        @Nullable Map<String, String> params = null;
        while (in.next()) {
            switch (in.tag()) {
                case AFFECTED_PATH -> path = in.string();
                case PARAM_ERRS -> errors = in.append(errors, in.nested(ParameterFields::readError));
                case UPDATED_PARAMS -> params = in.entry(params);
                default -> in.skip();
            }
        }
        return new UpdatedInstanceResult(path, errors, WireReader.frozen(params));
    }

    static void writeResponse(WireWriter out, SetResponse response) {
        out.each(UPDATED_OBJ_RESULTS, response.updatedObjectResults(), SetCodec::writeResult);
    }

    private static void writeResult(WireWriter out, UpdatedObjectResult result) {
        ResultFields.write(out, result.requestedPath(), result.operationStatus(), SetCodec::writeStatus);
    }

    private static void writeStatus(WireWriter out, OperationStatus status) {
        switch (status) {
            case OperationFailure failure -> out.nested(ResultFields.OPER_FAILURE, failure, SetCodec::writeFailure);
            case OperationSuccess success -> out.nested(ResultFields.OPER_SUCCESS, success, SetCodec::writeSuccess);
        }
    }

    private static void writeFailure(WireWriter out, OperationFailure failure) {
        FaultFields.write(out, failure.fault());
        out.each(UPDATED_INST_FAILURES, failure.updatedInstanceFailures(), SetCodec::writeInstanceFailure);
    }

    private static void writeInstanceFailure(WireWriter out, UpdatedInstanceFailure failure) {
        out.string(AFFECTED_PATH, failure.affectedPath());
        out.each(PARAM_ERRS, failure.paramErrors(), ParameterFields::writeError);
    }

    private static void writeSuccess(WireWriter out, OperationSuccess success) {
        out.each(UPDATED_INST_RESULTS, success.updatedInstanceResults(), SetCodec::writeInstanceResult);
    }

    private static void writeInstanceResult(WireWriter out, UpdatedInstanceResult result) {
        out.string(AFFECTED_PATH, result.affectedPath());
        out.each(PARAM_ERRS, result.paramErrors(), ParameterFields::writeError);
        out.map(UPDATED_PARAMS, result.updatedParams());
    }
}
