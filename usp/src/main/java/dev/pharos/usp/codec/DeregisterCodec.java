// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.DeregisterResponse;
import dev.pharos.usp.message.DeregisterResponse.DeregisteredPathResult;
import dev.pharos.usp.message.DeregisterResponse.OperationFailure;
import dev.pharos.usp.message.DeregisterResponse.OperationStatus;
import dev.pharos.usp.message.DeregisterResponse.OperationSuccess;
import java.util.List;

/// Deregister and DeregisterResp.
final class DeregisterCodec {
    private static final int PATHS = 1 << 3 | LEN;

    private static final int DEREGISTERED_PATH_RESULTS = 1 << 3 | LEN;

    private DeregisterCodec() {}

    static DeregisterRequest readRequest(WireReader in) throws MalformedInputException {
        return new DeregisterRequest(readPaths(in));
    }

    /// `{repeated path = 1}`, which both Deregister and the OperationSuccess of a DeregisterResp are.
    private static List<String> readPaths(WireReader in) throws MalformedInputException {
        List<String> paths = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case PATHS -> paths = in.append(paths, in.string());
                default -> in.skip();
            }
        }
        return paths;
    }

    static void writeRequest(WireWriter out, DeregisterRequest request) {
        out.strings(PATHS, request.paths());
    }

    static DeregisterResponse readResponse(WireReader in) throws MalformedInputException {
        List<DeregisteredPathResult> results = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case DEREGISTERED_PATH_RESULTS -> results = in.append(results, in.nested(DeregisterCodec::readResult));
                default -> in.skip();
            }
        }
        return new DeregisterResponse(results);
    }

    private static DeregisteredPathResult readResult(WireReader in) throws MalformedInputException {
        return ResultFields.<OperationStatus, DeregisteredPathResult>read(
                in,
                failure -> new OperationFailure(FaultFields.read(failure)),
                success -> new OperationSuccess(readPaths(success)),
                DeregisteredPathResult::new);
    }

    static void writeResponse(WireWriter out, DeregisterResponse response) {
        out.each(DEREGISTERED_PATH_RESULTS, response.deregisteredPathResults(), DeregisterCodec::writeResult);
    }

    private static void writeResult(WireWriter out, DeregisteredPathResult result) {
        ResultFields.write(out, result.requestedPath(), result.operationStatus(), DeregisterCodec::writeStatus);
    }

    private static void writeStatus(WireWriter out, OperationStatus status) {
        switch (status) {
            case OperationFailure failure -> out.nested(ResultFields.OPER_FAILURE, failure.fault(), FaultFields::write);
            case OperationSuccess success ->
                out.nested(
                        ResultFields.OPER_SUCCESS,
                        success.deregisteredPaths(),
                        (WireWriter nested, List<String> paths) -> nested.strings(PATHS, paths));
        }
    }
}
