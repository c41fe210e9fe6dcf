// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.FIXED32;
import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedDmResponse.RequestedObjectResult;
import java.util.List;

/// GetSupportedDM and, down to the objects, GetSupportedDMResp.
final class GetSupportedDmCodec {
    private static final int OBJ_PATHS = 1 << 3 | LEN;
    private static final int FIRST_LEVEL_ONLY = 2 << 3 | VARINT;
    private static final int RETURN_COMMANDS = 3 << 3 | VARINT;
    private static final int RETURN_EVENTS = 4 << 3 | VARINT;
    private static final int RETURN_PARAMS = 5 << 3 | VARINT;
    private static final int RETURN_UNIQUE_KEY_SETS = 6 << 3 | VARINT;

    private static final int REQ_OBJ_RESULTS = 1 << 3 | LEN;

    private static final int REQ_OBJ_PATH = 1 << 3 | LEN;
    private static final int ERR_CODE = 2 << 3 | FIXED32;
    private static final int ERR_MSG = 3 << 3 | LEN;
    private static final int DATA_MODEL_INST_URI = 4 << 3 | LEN;
    private static final int SUPPORTED_OBJS = 5 << 3 | LEN;

    private GetSupportedDmCodec() {}

    static GetSupportedDmRequest readRequest(WireReader in) throws MalformedInputException {
        List<String> paths = List.of();
        boolean firstLevelOnly = false;
        boolean commands = false;
        boolean events = false;
        boolean params = false;
        boolean uniqueKeySets = false;
        while (in.next()) {
            switch (in.tag()) {
                case OBJ_PATHS -> paths = in.append(paths, in.string());
                case FIRST_LEVEL_ONLY -> firstLevelOnly = in.bool();
                case RETURN_COMMANDS -> commands = in.bool();
                case RETURN_EVENTS -> events = in.bool();
                case RETURN_PARAMS -> params = in.bool();
                case RETURN_UNIQUE_KEY_SETS -> uniqueKeySets = in.bool();
                default -> in.skip();
            }
        }
        return new GetSupportedDmRequest(paths, firstLevelOnly, commands, events, params, uniqueKeySets);
    }

    static void writeRequest(WireWriter out, GetSupportedDmRequest request) {
        out.strings(OBJ_PATHS, request.objPaths());
        out.bool(FIRST_LEVEL_ONLY, request.firstLevelOnly());
        out.bool(RETURN_COMMANDS, request.returnCommands());
        out.bool(RETURN_EVENTS, request.returnEvents());
        out.bool(RETURN_PARAMS, request.returnParams());
        out.bool(RETURN_UNIQUE_KEY_SETS, request.returnUniqueKeySets());
    }

    static GetSupportedDmResponse readResponse(WireReader in) throws MalformedInputException {
        List<RequestedObjectResult> results = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case REQ_OBJ_RESULTS -> results = in.append(results, in.nested(GetSupportedDmCodec::readResult));
                default -> in.skip();
            }
        }
        return new GetSupportedDmResponse(results);
    }

    private static RequestedObjectResult readResult(WireReader in) throws MalformedInputException {
        String path = "";
        int errCode = 0;
        String errMsg = "";
        String uri = "";
        List<GetSupportedDmResponse.SupportedObject> objects = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case REQ_OBJ_PATH -> path = in.string();
                case ERR_CODE -> errCode = in.fixed32();
                case ERR_MSG -> errMsg = in.string();
                case DATA_MODEL_INST_URI -> uri = in.string();
                case SUPPORTED_OBJS -> objects = in.append(objects, in.nested(SupportedObjectCodec::read));
                default -> in.skip();
            }
        }
        return new RequestedObjectResult(path, FaultFields.ofPath(errCode, errMsg), uri, objects);
    }

    static void writeResponse(WireWriter out, GetSupportedDmResponse response) {
        out.each(REQ_OBJ_RESULTS, response.requestedObjectResults(), GetSupportedDmCodec::writeResult);
    }

    private static void writeResult(WireWriter out, RequestedObjectResult result) {
        out.string(REQ_OBJ_PATH, result.reqObjPath());
        if (result.fault().isPresent()) {
            Fault fault = result.fault().get();
            out.fixed32(ERR_CODE, fault.errCode().code());
            out.string(ERR_MSG, fault.errMsg());
        }
        out.string(DATA_MODEL_INST_URI, result.dataModelInstUri());
        out.each(SUPPORTED_OBJS, result.supportedObjects(), SupportedObjectCodec::write);
    }
}
