// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.AddResponse.CreatedObjectResult;
import dev.pharos.usp.message.AddResponse.OperationFailure;
import dev.pharos.usp.message.AddResponse.OperationStatus;
import dev.pharos.usp.message.AddResponse.OperationSuccess;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.ParameterSetting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Add and AddResp.
final class AddCodec {
    private static final int ALLOW_PARTIAL = 1 << 3 | VARINT;
    private static final int CREATE_OBJS = 2 << 3 | LEN;

    private static final int OBJ_PATH = 1 << 3 | LEN;
    private static final int PARAM_SETTINGS = 2 << 3 | LEN;

    private static final int CREATED_OBJ_RESULTS = 1 << 3 | LEN;

    private static final int INSTANTIATED_PATH = 1 << 3 | LEN;
    private static final int PARAM_ERRS = 2 << 3 | LEN;
    private static final int UNIQUE_KEYS = 3 << 3 | LEN;

    private AddCodec() {}

    static AddRequest readRequest(WireReader in) throws MalformedInputException {
        boolean allowPartial = false;
        List<CreateObject> objects = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case ALLOW_PARTIAL -> allowPartial = in.bool();
                case CREATE_OBJS -> objects = in.append(objects, in.nested(AddCodec::readObject));
                default -> in.skip();
            }
        }
        return new AddRequest(allowPartial, objects);
    }

    private static CreateObject readObject(WireReader in) throws MalformedInputException {
        String path = "";
        List<ParameterSetting> settings = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case OBJ_PATH -> path = in.string();
                case PARAM_SETTINGS -> settings = in.append(settings, in.nested(ParameterFields::readSetting));
                default -> in.skip();
            }
        }
        return new CreateObject(path, settings);
    }

    static void writeRequest(WireWriter out, AddRequest request) {
        out.bool(ALLOW_PARTIAL, request.allowPartial());
        out.each(CREATE_OBJS, request.createObjects(), AddCodec::writeObject);
    }

    private static void writeObject(WireWriter out, CreateObject object) {
        out.string(OBJ_PATH, object.objPath());
        out.each(PARAM_SETTINGS, object.paramSettings(), ParameterFields::writeSetting);
    }

    static AddResponse readResponse(WireReader in) throws MalformedInputException {
        List<CreatedObjectResult> results = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case CREATED_OBJ_RESULTS -> results = in.append(results, in.nested(AddCodec::readResult));
                default -> in.skip();
            }
        }
        return new AddResponse(results);
    }

    private static CreatedObjectResult readResult(WireReader in) throws MalformedInputException {
        return ResultFields.<OperationStatus, CreatedObjectResult>read(
                in,
                failure -> new OperationFailure(FaultFields.read(failure)),
                AddCodec::readSuccess,
                CreatedObjectResult::new);
    }

    private static OperationSuccess readSuccess(WireReader in) throws MalformedInputException {
        String path = "";
        List<ParameterError> errors = List.of();
        @Nullable Map<String, String> keys = null;
        while (in.next()) {
            switch (in.tag()) {
                case INSTANTIATED_PATH -> path = in.string();
                case PARAM_ERRS -> errors = in.append(errors, in.nested(ParameterFields::readError));
                case UNIQUE_KEYS -> keys = in.entry(keys);
                default -> in.skip();
            }
        }
        return new OperationSuccess(path, errors, WireReader.frozen(keys));
    }

    static void writeResponse(WireWriter out, AddResponse response) {
        out.each(CREATED_OBJ_RESULTS, response.createdObjectResults(), AddCodec::writeResult);
    }

    private static void writeResult(WireWriter out, CreatedObjectResult result) {
        ResultFields.write(out, result.requestedPath(), result.operationStatus(), AddCodec::writeStatus);
    }

    private static void writeStatus(WireWriter out, OperationStatus status) {
        switch (status) {
            case OperationFailure failure -> out.nested(ResultFields.OPER_FAILURE, failure.fault(), FaultFields::write);
            case OperationSuccess success -> out.nested(ResultFields.OPER_SUCCESS, success, AddCodec::writeSuccess);
        }
    }

    private static void writeSuccess(WireWriter out, OperationSuccess success) {
        out.string(INSTANTIATED_PATH, success.instantiatedPath());
        out.each(PARAM_ERRS, success.paramErrors(), ParameterFields::writeError);
        out.map(UNIQUE_KEYS, success.uniqueKeys());
    }
}
