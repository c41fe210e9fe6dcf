// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.FIXED32;
import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetInstancesResponse.CurrentInstance;
import dev.pharos.usp.message.GetInstancesResponse.RequestedPathResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// GetInstances and GetInstancesResp.
final class GetInstancesCodec {
    private static final int OBJ_PATHS = 1 << 3 | LEN;
    private static final int FIRST_LEVEL_ONLY = 2 << 3 | VARINT;

    private static final int REQ_PATH_RESULTS = 1 << 3 | LEN;

    private static final int REQUESTED_PATH = 1 << 3 | LEN;
    private static final int ERR_CODE = 2 << 3 | FIXED32;
    private static final int ERR_MSG = 3 << 3 | LEN;
    private static final int CURR_INSTS = 4 << 3 | LEN;

    private static final int INSTANTIATED_OBJ_PATH = 1 << 3 | LEN;
    private static final int UNIQUE_KEYS = 2 << 3 | LEN;

    private GetInstancesCodec() {}

    static GetInstancesRequest readRequest(WireReader in) throws MalformedInputException {
        List<String> paths = List.of();
        boolean firstLevelOnly = false;
        while (in.next()) {
            switch (in.tag()) {
                case OBJ_PATHS -> paths = in.append(paths, in.string());
                case FIRST_LEVEL_ONLY -> firstLevelOnly = in.bool();
                default -> in.skip();
            }
        }
        return new GetInstancesRequest(paths, firstLevelOnly);
    }

    static void writeRequest(WireWriter out, GetInstancesRequest request) {
        out.strings(OBJ_PATHS, request.objPaths());
        out.bool(FIRST_LEVEL_ONLY, request.firstLevelOnly());
    }

    static GetInstancesResponse readResponse(WireReader in) throws MalformedInputException {
        List<RequestedPathResult> results = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case REQ_PATH_RESULTS -> results = in.append(results, in.nested(GetInstancesCodec::readResult));
                default -> in.skip();
            }
        }
        return new GetInstancesResponse(results);
    }

    private static RequestedPathResult readResult(WireReader in) throws MalformedInputException {
        String requestedPath = "";
        int errCode = 0;
        String errMsg = "";
        List<CurrentInstance> instances = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case REQUESTED_PATH -> requestedPath = in.string();
                case ERR_CODE -> errCode = in.fixed32();
                case ERR_MSG -> errMsg = in.string();
                case CURR_INSTS -> instances = in.append(instances, in.nested(GetInstancesCodec::readInstance));
                default -> in.skip();
            }
        }
        return new RequestedPathResult(requestedPath, FaultFields.ofPath(errCode, errMsg), instances);
    }

    private static CurrentInstance readInstance(WireReader in) throws MalformedInputException {
        String path = "";
        @Nullable Map<String, String> keys = null;
        while (in.next()) {
            switch (in.tag()) {
                case INSTANTIATED_OBJ_PATH -> path = in.string();
                case UNIQUE_KEYS -> keys = in.entry(keys);
                default -> in.skip();
            }
        }
        return new CurrentInstance(path, WireReader.frozen(keys));
    }

    static void writeResponse(WireWriter out, GetInstancesResponse response) {
        out.each(REQ_PATH_RESULTS, response.requestedPathResults(), GetInstancesCodec::writeResult);
    }

    private static void writeResult(WireWriter out, RequestedPathResult result) {
        out.string(REQUESTED_PATH, result.requestedPath());
        if (result.fault().isPresent()) {
            Fault fault = result.fault().get();
            out.fixed32(ERR_CODE, fault.errCode().code());
            out.string(ERR_MSG, fault.errMsg());
        }
        out.each(CURR_INSTS, result.currentInstances(), GetInstancesCodec::writeInstance);
    }

    private static void writeInstance(WireWriter out, CurrentInstance instance) {
        out.string(INSTANTIATED_OBJ_PATH, instance.instantiatedObjPath());
        out.map(UNIQUE_KEYS, instance.uniqueKeys());
    }
}
