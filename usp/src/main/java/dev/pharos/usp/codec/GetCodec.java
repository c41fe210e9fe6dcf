// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.FIXED32;
import static dev.pharos.usp.codec.WireReader.LEN;

import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetResponse.RequestedPathResult;
import dev.pharos.usp.message.GetResponse.ResolvedPathResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Get and GetResp.
final class GetCodec {
    private static final int PARAM_PATHS = 1 << 3 | LEN;
    private static final int MAX_DEPTH = 2 << 3 | FIXED32;

    private static final int REQ_PATH_RESULTS = 1 << 3 | LEN;

    private static final int REQUESTED_PATH = 1 << 3 | LEN;
    private static final int ERR_CODE = 2 << 3 | FIXED32;
    private static final int ERR_MSG = 3 << 3 | LEN;
    private static final int RESOLVED_PATH_RESULTS = 4 << 3 | LEN;

    private static final int RESOLVED_PATH = 1 << 3 | LEN;
    private static final int RESULT_PARAMS = 2 << 3 | LEN;

    private GetCodec() {}

    static GetRequest readRequest(WireReader in) throws MalformedInputException {
        List<String> paths = List.of();
        int maxDepth = 0;
        while (in.next()) {
            switch (in.tag()) {
                case PARAM_PATHS -> paths = in.append(paths, in.string());
                case MAX_DEPTH -> maxDepth = in.fixed32();
                default -> in.skip();
            }
        }
        // Unsigned on the wire: what does not fit an int is deeper than any data model.
        return new GetRequest(paths, maxDepth < 0 ? Integer.MAX_VALUE : maxDepth);
    }

    static void writeRequest(WireWriter out, GetRequest request) {
        out.strings(PARAM_PATHS, request.paramPaths());
        out.fixed32(MAX_DEPTH, request.maxDepth());
    }

    static GetResponse readResponse(WireReader in) throws MalformedInputException {
        List<RequestedPathResult> results = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case REQ_PATH_RESULTS -> results = in.append(results, in.nested(GetCodec::readRequestedPathResult));
                default -> in.skip();
            }
        }
        return new GetResponse(results);
    }

    private static RequestedPathResult readRequestedPathResult(WireReader in) throws MalformedInputException {
        String requestedPath = "";
        int errCode = 0;
        String errMsg = "";
        List<ResolvedPathResult> resolved = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case REQUESTED_PATH -> requestedPath = in.string();
                case ERR_CODE -> errCode = in.fixed32();
                case ERR_MSG -> errMsg = in.string();
                case RESOLVED_PATH_RESULTS ->
                    resolved = in.append(resolved, in.nested(GetCodec::readResolvedPathResult));
                default -> in.skip();
            }
        }
        return new RequestedPathResult(requestedPath, FaultFields.ofPath(errCode, errMsg), resolved);
    }

    private static ResolvedPathResult readResolvedPathResult(WireReader in) throws MalformedInputException {
        String resolvedPath = "";
        @Nullable Map<String, String> params = null;
        while (in.next()) {
            switch (in.tag()) {
                case RESOLVED_PATH -> resolvedPath = in.string();
                case RESULT_PARAMS -> params = in.entry(params);
                default -> in.skip();
            }
        }
        return new ResolvedPathResult(resolvedPath, WireReader.frozen(params));
    }

    static void writeResponse(WireWriter out, GetResponse response) {
        out.each(REQ_PATH_RESULTS, response.requestedPathResults(), GetCodec::writeRequestedPathResult);
    }

    private static void writeRequestedPathResult(WireWriter out, RequestedPathResult result) {
        out.string(REQUESTED_PATH, result.requestedPath());
        if (result.fault().isPresent()) {
            Fault fault = result.fault().get();
            out.fixed32(ERR_CODE, fault.errCode().code());
            out.string(ERR_MSG, fault.errMsg());
        }
        out.each(RESOLVED_PATH_RESULTS, result.resolvedPathResults(), GetCodec::writeResolvedPathResult);
    }

    private static void writeResolvedPathResult(WireWriter out, ResolvedPathResult result) {
        out.string(RESOLVED_PATH, result.resolvedPath());
        out.map(RESULT_PARAMS, result.resultParams());
    }
}
